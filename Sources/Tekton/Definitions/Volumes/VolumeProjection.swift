// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One source of a projected volume; at most one is set.
package struct VolumeProjection: FieldCoded {
    package var secret: SecretProjection?
    package var configMap: ConfigMapSource?
    package var downwardAPI: DownwardAPISource?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        secret = fields.take("secret")
        configMap = fields.take("configMap")
        downwardAPI = fields.take("downwardAPI")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("secret", secret)
        fields.put("configMap", configMap)
        fields.put("downwardAPI", downwardAPI)
        fields.merge(uninterpreted)
    }
}
