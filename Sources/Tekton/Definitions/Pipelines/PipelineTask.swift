// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One node of a Pipeline's graph.
package struct PipelineTask: FieldCoded {
    package var name: String = ""
    package var displayName: String = ""
    package var description: String = ""
    package var taskReference: TaskReference?
    package var taskSpec: EmbeddedTask?
    package var when: [WhenExpression] = []
    package var retries: Int64 = 0
    package var runAfter: [String] = []
    package var params: [Param] = []
    package var matrix: Matrix?
    package var workspaces: [PipelineTaskWorkspace] = []
    package var timeout: GoDuration?
    package var pipelineReference: PipelineReference?
    package var pipelineSpec: PipelineSpec?
    /// `continue`, `stopAndFail` or empty for the default; see ``OnError``.
    package var onError: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        displayName = fields.take("displayName")
        description = fields.take("description")
        taskReference = fields.take("taskRef")
        taskSpec = fields.take("taskSpec")
        when = fields.take("when")
        retries = fields.take("retries")
        runAfter = fields.take("runAfter")
        params = fields.take("params")
        matrix = fields.take("matrix")
        workspaces = fields.take("workspaces")
        timeout = fields.take("timeout")
        pipelineReference = fields.take("pipelineRef")
        pipelineSpec = fields.take("pipelineSpec")
        onError = fields.take("onError")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("displayName", displayName)
        fields.put("description", description)
        fields.put("taskRef", taskReference)
        fields.put("taskSpec", taskSpec)
        fields.put("when", when)
        fields.put("retries", retries)
        fields.put("runAfter", runAfter)
        fields.put("params", params)
        fields.put("matrix", matrix)
        fields.put("workspaces", workspaces)
        fields.put("timeout", timeout)
        fields.put("pipelineRef", pipelineReference)
        fields.put("pipelineSpec", pipelineSpec)
        fields.put("onError", onError)
        fields.merge(uninterpreted)
    }
}
