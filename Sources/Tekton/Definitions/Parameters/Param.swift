// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A value given to a parameter.
package struct Param: FieldCoded {
    package var name: String = ""
    package var value: ParamValue = .string("")
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        value = fields.take("value")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("value", value, always: true)
        fields.merge(uninterpreted)
    }
}
