// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A volume served by a CSI driver, such as the Secrets Store driver.
package struct CSISource: FieldCoded {
    package var driver: String = ""
    package var isReadOnly: Bool?
    package var fsType: String?
    /// `secretProviderClass` names the class for the Secrets Store driver.
    package var volumeAttributes: [String: String] = [:]
    package var nodePublishSecretName: LocalReference?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        driver = fields.take("driver")
        isReadOnly = fields.take("readOnly")
        fsType = fields.take("fsType")
        volumeAttributes = fields.take("volumeAttributes")
        nodePublishSecretName = fields.take("nodePublishSecretRef")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("driver", driver, always: true)
        fields.put("readOnly", isReadOnly)
        fields.put("fsType", fsType)
        fields.put("volumeAttributes", volumeAttributes)
        fields.put("nodePublishSecretRef", nodePublishSecretName)
        fields.merge(uninterpreted)
    }
}
