// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Labels and annotations for the TaskRuns of a pipeline task.
package struct PipelineTaskMetadata: FieldCoded {
    package var labels: [String: String] = [:]
    package var annotations: [String: String] = [:]
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        labels = fields.take("labels")
        annotations = fields.take("annotations")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("labels", labels)
        fields.put("annotations", annotations)
        fields.merge(uninterpreted)
    }
}
