// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A claim that exists beside the run.
package struct PersistentVolumeClaimSource: FieldCoded {
    package var claimName: String = ""
    package var isReadOnly: Bool = false
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        claimName = fields.take("claimName")
        isReadOnly = fields.take("readOnly")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("claimName", claimName, always: true)
        fields.put("readOnly", isReadOnly)
        fields.merge(uninterpreted)
    }
}
