// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The name of an object of the same namespace.
package struct LocalReference: FieldCoded {
    package var name: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.merge(uninterpreted)
    }
}
