// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One key of a ConfigMap or Secret and the file that it becomes.
package struct KeyItem: FieldCoded {
    package var key: String = ""
    package var path: String = ""
    /// Permission bits; `nil` means the volume's default.
    package var mode: Int64?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        key = fields.take("key")
        path = fields.take("path")
        mode = fields.take("mode")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("key", key, always: true)
        fields.put("path", path, always: true)
        fields.put("mode", mode)
        fields.merge(uninterpreted)
    }
}
