// SPDX-License-Identifier: Apache-2.0
package import JSON

/// Fields that every step of the Task starts from.
package struct StepTemplate: FieldCoded {
    package var image: String = ""
    package var command: [String] = []
    package var args: [String] = []
    package var workingDirectory: String = ""
    package var environmentSources: [EnvironmentSource] = []
    package var environment: [EnvironmentVariable] = []
    /// Requests and limits as written; nothing here is enforced.
    package var computeResources: [String: JSONValue] = [:]
    package var volumeMounts: [VolumeMount] = []
    /// Block devices as written.
    package var volumeDevices: [JSONValue] = []
    package var imagePullPolicy: String = ""
    package var securityContext: SecurityContext?
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        image = fields.take("image")
        command = fields.take("command")
        args = fields.take("args")
        workingDirectory = fields.take("workingDir")
        environmentSources = fields.take("envFrom")
        environment = fields.take("env")
        computeResources = fields.take("computeResources")
        volumeMounts = fields.take("volumeMounts")
        volumeDevices = fields.take("volumeDevices")
        imagePullPolicy = fields.take("imagePullPolicy")
        securityContext = fields.take("securityContext")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("image", image)
        fields.put("command", command)
        fields.put("args", args)
        fields.put("workingDir", workingDirectory)
        fields.put("envFrom", environmentSources)
        fields.put("env", environment)
        fields.put("computeResources", computeResources, always: true)
        fields.put("volumeMounts", volumeMounts)
        fields.put("volumeDevices", volumeDevices)
        fields.put("imagePullPolicy", imagePullPolicy)
        fields.put("securityContext", securityContext)
        fields.merge(uninterpreted)
    }
}
