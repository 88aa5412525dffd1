// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A result that a step or StepAction declares.
package struct StepResultDeclaration: FieldCoded {
    package var name: String = ""
    /// `nil` only before defaults are set.
    package var type: ParamType?
    /// The keys that an object result must have.
    package var properties: [String: PropertySpec]?
    package var description: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        type = fields.take("type")
        properties = fields.take("properties")
        description = fields.take("description")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("type", type)
        fields.put("properties", properties)
        fields.put("description", description)
        fields.merge(uninterpreted)
    }
}
