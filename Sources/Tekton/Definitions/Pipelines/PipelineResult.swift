// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A result of a Pipeline, made of its tasks' results.
package struct PipelineResult: FieldCoded {
    package var name: String = ""
    /// `nil` when not given: then the value says it.
    package var type: ParamType?
    package var description: String = ""
    package var value: ParamValue = .string("")
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        type = fields.take("type")
        description = fields.take("description")
        value = fields.take("value")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("type", type)
        fields.put("description", description, always: true)
        fields.put("value", value, always: true)
        fields.merge(uninterpreted)
    }
}
