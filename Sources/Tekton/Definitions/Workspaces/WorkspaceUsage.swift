// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A workspace that one step or sidecar takes for itself, away from the others.
package struct WorkspaceUsage: FieldCoded {
    package var name: String = ""
    /// Empty means the declaration's.
    package var mountPath: String = ""
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
        mountPath = fields.take("mountPath")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("mountPath", mountPath, always: true)
        fields.merge(uninterpreted)
    }
}
