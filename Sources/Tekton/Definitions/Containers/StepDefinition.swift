// SPDX-License-Identifier: Apache-2.0
package import JSON

/// One step of a Task: a container with Tekton's additions.
package struct StepDefinition: FieldCoded {
    /// Empty for an unnamed step.
    package var name: String = ""
    package var displayName: String = ""
    package var image: String = ""
    package var command: [String] = []
    package var args: [String] = []
    package var workingDirectory: String = ""
    package var environmentSources: [EnvironmentSource] = []
    /// Whether `env` was given at all, if only as an empty list.
    package var declaresEnvironment = false
    package var environment: [EnvironmentVariable] = []
    /// Requests and limits as written; nothing here is enforced.
    package var computeResources: [String: JSONValue] = [:]
    package var volumeMounts: [VolumeMount] = []
    /// Block devices as written.
    package var volumeDevices: [JSONValue] = []
    package var imagePullPolicy: String = ""
    package var securityContext: SecurityContext?
    /// Empty means none.
    package var script: String = ""
    package var timeout: GoDuration?
    package var workspaces: [WorkspaceUsage] = []
    /// `continue`, `stopAndFail`, a `$(params...)` reference, or empty for the default; see ``OnError``.
    package var onError: String = ""
    package var standardOutput: StepOutput?
    package var standardError: StepOutput?
    package var reference: StepActionReference?
    package var params: [Param] = []
    package var results: [StepResultDeclaration] = []
    package var when: [WhenExpression] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        declaresEnvironment = fields.has("env")
        name = fields.take("name")
        displayName = fields.take("displayName")
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
        script = fields.take("script")
        timeout = fields.take("timeout")
        workspaces = fields.take("workspaces")
        onError = fields.take("onError")
        standardOutput = fields.take("stdoutConfig")
        standardError = fields.take("stderrConfig")
        reference = fields.take("ref")
        params = fields.take("params")
        results = fields.take("results")
        when = fields.take("when")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("name", name, always: true)
        fields.put("displayName", displayName)
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
        fields.put("script", script)
        fields.put("timeout", timeout)
        fields.put("workspaces", workspaces)
        fields.put("onError", onError)
        fields.put("stdoutConfig", standardOutput)
        fields.put("stderrConfig", standardError)
        fields.put("ref", reference)
        fields.put("params", params)
        fields.put("results", results)
        fields.put("when", when)
        fields.merge(uninterpreted)
    }
}
