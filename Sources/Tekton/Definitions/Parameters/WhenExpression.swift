// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A condition under which a step or pipeline task runs.
package struct WhenExpression: FieldCoded {
    package var input: String = ""
    /// `in` or `notin`; empty when `cel` is used.
    package var operatorName: String = ""
    package var values: [String] = []
    /// A CEL expression, behind a feature flag; empty otherwise.
    package var cel: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        input = fields.take("input")
        operatorName = fields.take("operator")
        values = fields.take("values")
        cel = fields.take("cel")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("input", input)
        fields.put("operator", operatorName)
        fields.put("values", values)
        fields.put("cel", cel)
        fields.merge(uninterpreted)
    }
}
