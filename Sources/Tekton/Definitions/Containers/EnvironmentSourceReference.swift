// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The ConfigMap or Secret of an ``EnvironmentSource``.
package struct EnvironmentSourceReference: FieldCoded {
    package var name: String = ""
    package var isOptional: Bool?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        isOptional = fields.take("optional")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name)
        fields.put("optional", isOptional)
        fields.merge(uninterpreted)
    }
}
