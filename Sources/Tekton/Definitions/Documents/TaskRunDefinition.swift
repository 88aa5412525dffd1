// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A TaskRun document, converted to `tekton.dev/v1`.
package struct TaskRunDefinition: FieldCoded {
    package var metadata: ObjectMetadata = ObjectMetadata()
    package var spec: TaskRunSpec = TaskRunSpec()
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        metadata = fields.take("metadata")
        spec = fields.take("spec")
        fields.drop("apiVersion", "kind", "status")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("apiVersion", "tekton.dev/v1")
        fields.put("kind", "TaskRun")
        fields.put("metadata", metadata, always: true)
        fields.put("spec", spec, always: true)
        fields.merge(uninterpreted)
    }
}
