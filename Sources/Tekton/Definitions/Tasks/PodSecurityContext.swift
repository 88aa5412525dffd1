// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The security context of a pod; a step's own wins.
package struct PodSecurityContext: FieldCoded {
    package var runAsUser: Int64?
    package var runAsGroup: Int64?
    package var runAsNonRoot: Bool?
    package var supplementalGroups: [Int64] = []
    package var fsGroup: Int64?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        runAsUser = fields.take("runAsUser")
        runAsGroup = fields.take("runAsGroup")
        runAsNonRoot = fields.take("runAsNonRoot")
        supplementalGroups = fields.take("supplementalGroups")
        fsGroup = fields.take("fsGroup")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("runAsUser", runAsUser)
        fields.put("runAsGroup", runAsGroup)
        fields.put("runAsNonRoot", runAsNonRoot)
        fields.put("supplementalGroups", supplementalGroups)
        fields.put("fsGroup", fsGroup)
        fields.merge(uninterpreted)
    }
}
