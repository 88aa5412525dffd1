// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a container may do and who it runs as; fields not named here are in `uninterpreted`.
package struct SecurityContext: FieldCoded {
    package var runAsUser: Int64?
    package var runAsGroup: Int64?
    package var runAsNonRoot: Bool?
    package var isPrivileged: Bool?
    package var allowsPrivilegeEscalation: Bool?
    package var hasReadOnlyRootFilesystem: Bool?
    package var capabilities: CapabilityChange?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        runAsUser = fields.take("runAsUser")
        runAsGroup = fields.take("runAsGroup")
        runAsNonRoot = fields.take("runAsNonRoot")
        isPrivileged = fields.take("privileged")
        allowsPrivilegeEscalation = fields.take("allowPrivilegeEscalation")
        hasReadOnlyRootFilesystem = fields.take("readOnlyRootFilesystem")
        capabilities = fields.take("capabilities")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("runAsUser", runAsUser)
        fields.put("runAsGroup", runAsGroup)
        fields.put("runAsNonRoot", runAsNonRoot)
        fields.put("privileged", isPrivileged)
        fields.put("allowPrivilegeEscalation", allowsPrivilegeEscalation)
        fields.put("readOnlyRootFilesystem", hasReadOnlyRootFilesystem)
        fields.put("capabilities", capabilities)
        fields.merge(uninterpreted)
    }
}
