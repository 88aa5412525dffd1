// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A directory that is empty at the start and gone at the end.
package struct EmptyDirectorySource: FieldCoded {
    /// `Memory` for a tmpfs, else empty.
    package var medium: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        medium = fields.take("medium")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("medium", medium)
        fields.merge(uninterpreted)
    }
}
