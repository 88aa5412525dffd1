// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A Secret within a projected volume, which names it `name` where a volume says `secretName`.
package struct SecretProjection: FieldCoded {
    package var name: String = ""
    /// The keys that appear; empty means all.
    package var items: [KeyItem] = []
    package var isOptional: Bool?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        items = fields.take("items")
        isOptional = fields.take("optional")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("items", items)
        fields.put("optional", isOptional)
        fields.merge(uninterpreted)
    }
}
