// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a run asks of the pod; fields not named here are in `uninterpreted`.
package struct PodTemplate: FieldCoded {
    package var environment: [EnvironmentVariable] = []
    package var securityContext: PodSecurityContext?
    package var volumes: [VolumeDefinition] = []
    package var hostNetwork: Bool = false
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        environment = fields.take("env")
        securityContext = fields.take("securityContext")
        volumes = fields.take("volumes")
        hostNetwork = fields.take("hostNetwork")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("env", environment)
        fields.put("securityContext", securityContext)
        fields.put("volumes", volumes)
        fields.put("hostNetwork", hostNetwork)
        fields.merge(uninterpreted)
    }
}
