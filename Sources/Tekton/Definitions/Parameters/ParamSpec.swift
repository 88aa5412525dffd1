// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A parameter that a Task, Pipeline or StepAction declares.
package struct ParamSpec: FieldCoded {
    package var name: String = ""
    /// `nil` only before defaults are set.
    package var type: ParamType?
    package var description: String = ""
    /// The keys that an object must have; `nil` when not given, which differs from none.
    package var properties: [String: PropertySpec]?
    /// What the parameter is when the run gives nothing; `nil` makes it required.
    package var defaultValue: ParamValue?
    /// Behind the `enable-param-enum` flag; empty allows everything.
    package var allowedValues: [String] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        type = fields.take("type")
        description = fields.take("description")
        properties = fields.take("properties")
        defaultValue = fields.take("default")
        allowedValues = fields.take("enum")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("type", type)
        fields.put("description", description)
        fields.put("properties", properties)
        fields.put("default", defaultValue)
        fields.put("enum", allowedValues)
        fields.merge(uninterpreted)
    }
}
