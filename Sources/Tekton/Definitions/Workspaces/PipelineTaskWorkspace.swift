// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Which of the Pipeline's workspaces a pipeline task's workspace is.
package struct PipelineTaskWorkspace: FieldCoded {
    package var name: String = ""
    /// The Pipeline's name for it; empty means the same name.
    package var workspace: String = ""
    package var subPath: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        workspace = fields.take("workspace")
        subPath = fields.take("subPath")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("workspace", workspace)
        fields.put("subPath", subPath)
        fields.merge(uninterpreted)
    }
}
