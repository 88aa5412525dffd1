// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A variable of a container's environment.
package struct EnvironmentVariable: FieldCoded {
    package var name: String = ""
    /// Empty when `source` is set.
    package var value: String = ""
    package var source: EnvironmentVariableSource?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        value = fields.take("value")
        source = fields.take("valueFrom")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("value", value)
        fields.put("valueFrom", source)
        fields.merge(uninterpreted)
    }
}
