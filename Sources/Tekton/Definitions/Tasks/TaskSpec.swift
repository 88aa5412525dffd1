// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a Task does.
package struct TaskSpec: FieldCoded {
    package var params: [ParamSpec] = []
    package var displayName: String = ""
    package var description: String = ""
    package var steps: [StepDefinition] = []
    package var volumes: [VolumeDefinition] = []
    package var stepTemplate: StepTemplate?
    package var sidecars: [SidecarDefinition] = []
    package var workspaces: [WorkspaceDeclaration] = []
    package var results: [TaskResultDeclaration] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        params = fields.take("params")
        displayName = fields.take("displayName")
        description = fields.take("description")
        steps = fields.take("steps")
        volumes = fields.take("volumes")
        stepTemplate = fields.take("stepTemplate")
        sidecars = fields.take("sidecars")
        workspaces = fields.take("workspaces")
        results = fields.take("results")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("params", params)
        fields.put("displayName", displayName)
        fields.put("description", description)
        fields.put("steps", steps)
        fields.put("volumes", volumes)
        fields.put("stepTemplate", stepTemplate)
        fields.put("sidecars", sidecars)
        fields.put("workspaces", workspaces)
        fields.put("results", results)
        fields.merge(uninterpreted)
    }
}
