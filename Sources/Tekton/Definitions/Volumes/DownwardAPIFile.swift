// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A file with one fact about the run.
package struct DownwardAPIFile: FieldCoded {
    package var path: String = ""
    package var fieldRef: FieldSelector?
    /// Permission bits; `nil` means the volume's default.
    package var mode: Int64?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        path = fields.take("path")
        fieldRef = fields.take("fieldRef")
        mode = fields.take("mode")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("path", path, always: true)
        fields.put("fieldRef", fieldRef)
        fields.put("mode", mode)
        fields.merge(uninterpreted)
    }
}
