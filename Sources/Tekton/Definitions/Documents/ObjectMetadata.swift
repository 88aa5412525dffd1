// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The metadata of a document; fields not named here are in `uninterpreted`.
package struct ObjectMetadata: FieldCoded {
    /// Empty when `generateName` is given.
    package var name: String = ""
    package var generateName: String = ""
    /// Empty when the document does not say.
    package var namespace: String = ""
    package var labels: [String: String] = [:]
    package var annotations: [String: String] = [:]
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        generateName = fields.take("generateName")
        namespace = fields.take("namespace")
        labels = fields.take("labels")
        annotations = fields.take("annotations")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("generateName", generateName)
        fields.put("namespace", namespace)
        fields.put("labels", labels)
        fields.put("annotations", annotations)
        fields.merge(uninterpreted)
    }
}
