// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One execution of a Pipeline: which one, with what.
package struct PipelineRunSpec: FieldCoded {
    package var pipelineReference: PipelineReference?
    package var pipelineSpec: PipelineSpec?
    package var params: [Param] = []
    /// `Cancelled`, `CancelledRunFinally`, `StoppedRunFinally`, `PipelineRunPending` or empty.
    package var status: String = ""
    /// `pipeline` is one hour after defaults are set.
    package var timeouts: PipelineTimeouts?
    package var taskRunTemplate: PipelineTaskRunTemplate = PipelineTaskRunTemplate()
    package var workspaces: [WorkspaceBinding] = []
    package var taskRunSpecs: [PipelineTaskRunSpec] = []
    package var managedBy: String?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        pipelineReference = fields.take("pipelineRef")
        pipelineSpec = fields.take("pipelineSpec")
        params = fields.take("params")
        status = fields.take("status")
        timeouts = fields.take("timeouts")
        taskRunTemplate = fields.take("taskRunTemplate")
        workspaces = fields.take("workspaces")
        taskRunSpecs = fields.take("taskRunSpecs")
        managedBy = fields.take("managedBy")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("pipelineRef", pipelineReference)
        fields.put("pipelineSpec", pipelineSpec)
        fields.put("params", params)
        fields.put("status", status)
        fields.put("timeouts", timeouts)
        fields.put("taskRunTemplate", taskRunTemplate, always: true)
        fields.put("workspaces", workspaces)
        fields.put("taskRunSpecs", taskRunSpecs)
        fields.put("managedBy", managedBy)
        fields.merge(uninterpreted)
    }
}
