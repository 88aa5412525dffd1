// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A result that a Task declares.
package struct TaskResultDeclaration: FieldCoded {
    package var name: String = ""
    /// `nil` only before defaults are set.
    package var type: ParamType?
    /// The keys that an object result must have.
    package var properties: [String: PropertySpec]?
    package var description: String = ""
    /// A reference to a step's result (`$(steps.x.results.y)`) that becomes this one.
    package var value: ParamValue?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        type = fields.take("type")
        properties = fields.take("properties")
        description = fields.take("description")
        value = fields.take("value")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("type", type)
        fields.put("properties", properties)
        fields.put("description", description)
        fields.put("value", value)
        fields.merge(uninterpreted)
    }
}
