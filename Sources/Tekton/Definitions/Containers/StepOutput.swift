// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The file that a step's output is copied to.
package struct StepOutput: FieldCoded {
    package var path: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        path = fields.take("path")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("path", path)
        fields.merge(uninterpreted)
    }
}
