// SPDX-License-Identifier: Apache-2.0

extension SidecarDefinition {
    /// The sidecar's container: `sidecar-<name>`.
    ///
    /// Without a name it is `sidecar`: Tekton takes the dash away, with which no container's name may end.
    package var containerName: String { name.isEmpty ? "sidecar" : "sidecar-" + name }

    /// What a step that runs the same container would be, under the container's name.
    package var step: StepDefinition {
        var step = StepDefinition()
        step.name = containerName
        step.image = image
        step.command = command
        step.args = args
        step.workingDirectory = workingDirectory
        step.environmentSources = environmentSources
        step.environment = environment
        step.volumeMounts = volumeMounts
        step.securityContext = securityContext
        step.script = script
        return step
    }
}
