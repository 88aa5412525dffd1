// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One execution of a Task: which one, with what.
package struct TaskRunSpec: FieldCoded {
    package var debug: TaskRunDebug?
    package var params: [Param] = []
    /// `default` after defaults are set.
    package var serviceAccountName: String = ""
    package var taskReference: TaskReference?
    package var taskSpec: TaskSpec?
    /// `TaskRunCancelled`, `TaskRunPending` or empty.
    package var status: String = ""
    package var statusMessage: String = ""
    package var retries: Int64 = 0
    /// One hour after defaults are set; zero means none.
    package var timeout: GoDuration?
    package var podTemplate: PodTemplate?
    package var workspaces: [WorkspaceBinding] = []
    package var stepSpecs: [ComputeResourceOverride] = []
    package var sidecarSpecs: [ComputeResourceOverride] = []
    /// As written.
    package var computeResources: [String: JSONValue]?
    package var managedBy: String?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        debug = fields.take("debug")
        params = fields.take("params")
        serviceAccountName = fields.take("serviceAccountName")
        taskReference = fields.take("taskRef")
        taskSpec = fields.take("taskSpec")
        status = fields.take("status")
        statusMessage = fields.take("statusMessage")
        retries = fields.take("retries")
        timeout = fields.take("timeout")
        podTemplate = fields.take("podTemplate")
        workspaces = fields.take("workspaces")
        stepSpecs = fields.take("stepSpecs")
        sidecarSpecs = fields.take("sidecarSpecs")
        computeResources = fields.take("computeResources")
        managedBy = fields.take("managedBy")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("debug", debug)
        fields.put("params", params)
        fields.put("serviceAccountName", serviceAccountName, always: true)
        fields.put("taskRef", taskReference)
        fields.put("taskSpec", taskSpec)
        fields.put("status", status)
        fields.put("statusMessage", statusMessage)
        fields.put("retries", retries)
        fields.put("timeout", timeout)
        fields.put("podTemplate", podTemplate)
        fields.put("workspaces", workspaces)
        fields.put("stepSpecs", stepSpecs)
        fields.put("sidecarSpecs", sidecarSpecs)
        fields.put("computeResources", computeResources)
        fields.put("managedBy", managedBy)
        fields.merge(uninterpreted)
    }
}
