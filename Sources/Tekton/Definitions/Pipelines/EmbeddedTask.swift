// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The `taskSpec` of a pipeline task: a task written in place, or a custom task's specification.
package struct EmbeddedTask: FieldCoded {
    /// Set, with `kind`, for a custom task.
    package var apiVersion = ""
    package var kind = ""
    /// The custom task's own specification, as written.
    package var customSpec: JSONValue?
    package var metadata = PipelineTaskMetadata()
    /// The task, whose fields stand beside the ones above.
    package var task = TaskSpec()

    package init() {}

    package init(from fields: inout FieldReader) {
        apiVersion = fields.take("apiVersion")
        kind = fields.take("kind")
        customSpec = fields.take("spec")
        metadata = fields.take("metadata")
        task = TaskSpec(from: &fields)
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("apiVersion", apiVersion)
        fields.put("kind", kind)
        fields.put("spec", customSpec ?? .null)
        fields.put("metadata", metadata, always: true)
        task.write(to: &fields)
    }
}
