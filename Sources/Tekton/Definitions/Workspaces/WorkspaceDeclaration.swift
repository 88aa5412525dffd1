// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A workspace that a Task declares.
package struct WorkspaceDeclaration: FieldCoded {
    package var name: String = ""
    package var description: String = ""
    /// Empty means `/workspace/<name>`; see ``effectiveMountPath``.
    package var mountPath: String = ""
    package var isReadOnly: Bool = false
    package var isOptional: Bool = false
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        description = fields.take("description")
        mountPath = fields.take("mountPath")
        isReadOnly = fields.take("readOnly")
        isOptional = fields.take("optional")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("description", description)
        fields.put("mountPath", mountPath)
        fields.put("readOnly", isReadOnly)
        fields.put("optional", isOptional)
        fields.merge(uninterpreted)
    }
}
