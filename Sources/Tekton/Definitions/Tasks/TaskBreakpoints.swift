// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The breakpoints of a run, behind the alpha gate.
package struct TaskBreakpoints: FieldCoded {
    /// `enabled` or empty.
    package var onFailure: String = ""
    /// Names of steps.
    package var beforeSteps: [String] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        onFailure = fields.take("onFailure")
        beforeSteps = fields.take("beforeSteps")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("onFailure", onFailure)
        fields.put("beforeSteps", beforeSteps)
        fields.merge(uninterpreted)
    }
}
