// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A workspace that a Pipeline declares.
package struct PipelineWorkspaceDeclaration: FieldCoded {
    package var name: String = ""
    package var description: String = ""
    package var isOptional: Bool = false
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        description = fields.take("description")
        isOptional = fields.take("optional")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("description", description)
        fields.put("optional", isOptional)
        fields.merge(uninterpreted)
    }
}
