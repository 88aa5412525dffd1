// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One key of a ConfigMap or Secret.
package struct KeySelector: FieldCoded {
    package var name: String = ""
    package var key: String = ""
    package var isOptional: Bool?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        key = fields.take("key")
        isOptional = fields.take("optional")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("key", key, always: true)
        fields.put("optional", isOptional)
        fields.merge(uninterpreted)
    }
}
