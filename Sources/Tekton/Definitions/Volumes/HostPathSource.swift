// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A directory of the node.
package struct HostPathSource: FieldCoded {
    package var path: String = ""
    package var type: String?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        path = fields.take("path")
        type = fields.take("type")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("path", path, always: true)
        fields.put("type", type)
        fields.merge(uninterpreted)
    }
}
