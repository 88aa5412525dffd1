// SPDX-License-Identifier: Apache-2.0
package import JSON

/// All keys of a ConfigMap or Secret as variables.
package struct EnvironmentSource: FieldCoded {
    /// Put before each key.
    package var prefix: String = ""
    package var configMap: EnvironmentSourceReference?
    package var secret: EnvironmentSourceReference?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        prefix = fields.take("prefix")
        configMap = fields.take("configMapRef")
        secret = fields.take("secretRef")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("prefix", prefix)
        fields.put("configMapRef", configMap)
        fields.put("secretRef", secret)
        fields.merge(uninterpreted)
    }
}
