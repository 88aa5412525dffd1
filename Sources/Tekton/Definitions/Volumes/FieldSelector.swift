// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Names a field of the pod (`metadata.name`).
package struct FieldSelector: FieldCoded {
    package var fieldPath: String = ""
    package var apiVersion: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        fieldPath = fields.take("fieldPath")
        apiVersion = fields.take("apiVersion")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("fieldPath", fieldPath, always: true)
        fields.put("apiVersion", apiVersion)
        fields.merge(uninterpreted)
    }
}
