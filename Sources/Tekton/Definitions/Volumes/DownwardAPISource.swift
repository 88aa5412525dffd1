// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A volume with facts about the run as files.
package struct DownwardAPISource: FieldCoded {
    package var items: [DownwardAPIFile] = []
    /// Permission bits; `nil` means 0644.
    package var defaultMode: Int64?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        items = fields.take("items")
        defaultMode = fields.take("defaultMode")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("items", items)
        fields.put("defaultMode", defaultMode)
        fields.merge(uninterpreted)
    }
}
