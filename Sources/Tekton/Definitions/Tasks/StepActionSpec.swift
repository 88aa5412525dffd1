// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a StepAction does; a step that refers to it takes these fields over.
package struct StepActionSpec: FieldCoded {
    package var description: String = ""
    package var image: String = ""
    package var command: [String] = []
    package var args: [String] = []
    package var environment: [EnvironmentVariable] = []
    package var script: String = ""
    package var workingDirectory: String = ""
    package var params: [ParamSpec] = []
    package var results: [StepResultDeclaration] = []
    package var securityContext: SecurityContext?
    package var volumeMounts: [VolumeMount] = []
    /// Fields that Tacit does not interpret, kept so that they are echoed back.
    package var uninterpreted: [String: JSONValue] = [:]

    package init() {}

    package init(from fields: inout FieldReader) {
        description = fields.take("description")
        image = fields.take("image")
        command = fields.take("command")
        args = fields.take("args")
        environment = fields.take("env")
        script = fields.take("script")
        workingDirectory = fields.take("workingDir")
        params = fields.take("params")
        results = fields.take("results")
        securityContext = fields.take("securityContext")
        volumeMounts = fields.take("volumeMounts")
        uninterpreted = fields.rest()
    }

    package func write(to fields: inout FieldWriter) {
        fields.put("description", description)
        fields.put("image", image)
        fields.put("command", command)
        fields.put("args", args)
        fields.put("env", environment)
        fields.put("script", script)
        fields.put("workingDir", workingDirectory)
        fields.put("params", params)
        fields.put("results", results)
        fields.put("securityContext", securityContext)
        fields.put("volumeMounts", volumeMounts)
        fields.merge(uninterpreted)
    }
}
