// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a Pipeline does.
package struct PipelineSpec: FieldCoded {
    package var displayName: String = ""
    package var description: String = ""
    package var tasks: [PipelineTask] = []
    package var params: [ParamSpec] = []
    package var workspaces: [PipelineWorkspaceDeclaration] = []
    package var results: [PipelineResult] = []
    package var finally: [PipelineTask] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        displayName = fields.take("displayName")
        description = fields.take("description")
        tasks = fields.take("tasks")
        params = fields.take("params")
        workspaces = fields.take("workspaces")
        results = fields.take("results")
        finally = fields.take("finally")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("displayName", displayName)
        fields.put("description", description)
        fields.put("tasks", tasks)
        fields.put("params", params)
        fields.put("workspaces", workspaces)
        fields.put("results", results)
        fields.put("finally", finally)
        fields.merge(uninterpreted)
    }
}
