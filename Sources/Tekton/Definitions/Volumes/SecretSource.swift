// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A volume with the keys of a Secret as files.
package struct SecretSource: FieldCoded {
    package var secretName: String = ""
    /// The keys that appear; empty means all.
    package var items: [KeyItem] = []
    /// Permission bits; `nil` means 0644.
    package var defaultMode: Int64?
    package var isOptional: Bool?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        secretName = fields.take("secretName")
        items = fields.take("items")
        defaultMode = fields.take("defaultMode")
        isOptional = fields.take("optional")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("secretName", secretName)
        fields.put("items", items)
        fields.put("defaultMode", defaultMode)
        fields.put("optional", isOptional)
        fields.merge(uninterpreted)
    }
}
