// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The requests and limits that a run gives to one step or sidecar.
package struct ComputeResourceOverride: FieldCoded {
    package var name: String = ""
    /// As written.
    package var computeResources: [String: JSONValue] = [:]
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        computeResources = fields.take("computeResources")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("computeResources", computeResources, always: true)
        fields.merge(uninterpreted)
    }
}
