// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Where a run stops so that a person can look.
package struct TaskRunDebug: FieldCoded {
    package var breakpoints: TaskBreakpoints?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        breakpoints = fields.take("breakpoints")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("breakpoints", breakpoints)
        fields.merge(uninterpreted)
    }
}
