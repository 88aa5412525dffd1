// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What the TaskRuns of one pipeline task get, over the template.
package struct PipelineTaskRunSpec: FieldCoded {
    package var pipelineTaskName: String = ""
    package var serviceAccountName: String = ""
    package var podTemplate: PodTemplate?
    package var stepSpecs: [ComputeResourceOverride] = []
    package var sidecarSpecs: [ComputeResourceOverride] = []
    package var metadata: PipelineTaskMetadata?
    /// As written.
    package var computeResources: [String: JSONValue]?
    package var timeout: GoDuration?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        pipelineTaskName = fields.take("pipelineTaskName")
        serviceAccountName = fields.take("serviceAccountName")
        podTemplate = fields.take("podTemplate")
        stepSpecs = fields.take("stepSpecs")
        sidecarSpecs = fields.take("sidecarSpecs")
        metadata = fields.take("metadata")
        computeResources = fields.take("computeResources")
        timeout = fields.take("timeout")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("pipelineTaskName", pipelineTaskName)
        fields.put("serviceAccountName", serviceAccountName)
        fields.put("podTemplate", podTemplate)
        fields.put("stepSpecs", stepSpecs)
        fields.put("sidecarSpecs", sidecarSpecs)
        fields.put("metadata", metadata)
        fields.put("computeResources", computeResources)
        fields.put("timeout", timeout)
        fields.merge(uninterpreted)
    }
}
