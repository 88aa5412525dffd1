// SPDX-License-Identifier: Apache-2.0
package import JSON

/// A container that runs beside the steps.
package struct SidecarDefinition: FieldCoded {
    package var name: String = ""
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
    /// As written.
    package var ports: [JSONValue] = []
    /// As written.
    package var livenessProbe: JSONValue?
    /// As written.
    package var readinessProbe: JSONValue?
    /// As written.
    package var startupProbe: JSONValue?
    /// Empty means none.
    package var script: String = ""
    package var workspaces: [WorkspaceUsage] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        name = fields.take("name")
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
        ports = fields.take("ports")
        livenessProbe = fields.take("livenessProbe")
        readinessProbe = fields.take("readinessProbe")
        startupProbe = fields.take("startupProbe")
        script = fields.take("script")
        workspaces = fields.take("workspaces")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
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
        fields.put("ports", ports)
        fields.put("livenessProbe", livenessProbe)
        fields.put("readinessProbe", readinessProbe)
        fields.put("startupProbe", startupProbe)
        fields.put("script", script)
        fields.put("workspaces", workspaces)
        fields.merge(uninterpreted)
    }
}
