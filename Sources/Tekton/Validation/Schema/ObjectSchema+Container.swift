// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Steps, sidecars and templates, as of `tekton.dev/v1`.
    static let container: [ObjectSchema] = [
        ObjectSchema(
            "Step",
            [
                "args": .list(.string),
                "command": .list(.string),
                "computeResources": .object("ResourceRequirements"),
                "displayName": .string,
                "env": .list(.object("EnvVar")),
                "envFrom": .list(.object("EnvFromSource")),
                "image": .string,
                "imagePullPolicy": .string,
                "name": .string,
                "onError": .string,
                "params": .list(.object("Param")),
                "ref": .object("Ref"),
                "results": .list(.object("StepResult")),
                "script": .string,
                "securityContext": .object("SecurityContext"),
                "stderrConfig": .object("StepOutputConfig"),
                "stdoutConfig": .object("StepOutputConfig"),
                "timeout": .duration,
                "volumeDevices": .list(.object("VolumeDevice")),
                "volumeMounts": .list(.object("VolumeMount")),
                "when": .list(.object("WhenExpression")),
                "workingDir": .string,
                "workspaces": .list(.object("WorkspaceUsage")),
            ]
        ),
        ObjectSchema(
            "StepTemplate",
            [
                "args": .list(.string),
                "command": .list(.string),
                "computeResources": .object("ResourceRequirements"),
                "env": .list(.object("EnvVar")),
                "envFrom": .list(.object("EnvFromSource")),
                "image": .string,
                "imagePullPolicy": .string,
                "securityContext": .object("SecurityContext"),
                "volumeDevices": .list(.object("VolumeDevice")),
                "volumeMounts": .list(.object("VolumeMount")),
                "workingDir": .string,
            ]
        ),
        ObjectSchema(
            "Sidecar",
            [
                "args": .list(.string),
                "command": .list(.string),
                "computeResources": .object("ResourceRequirements"),
                "env": .list(.object("EnvVar")),
                "envFrom": .list(.object("EnvFromSource")),
                "image": .string,
                "imagePullPolicy": .string,
                "lifecycle": .object("Lifecycle"),
                "livenessProbe": .object("Probe"),
                "name": .string,
                "ports": .list(.object("ContainerPort")),
                "readinessProbe": .object("Probe"),
                "restartPolicy": .string,
                "script": .string,
                "securityContext": .object("SecurityContext"),
                "startupProbe": .object("Probe"),
                "stdin": .bool,
                "stdinOnce": .bool,
                "terminationMessagePath": .string,
                "terminationMessagePolicy": .string,
                "tty": .bool,
                "volumeDevices": .list(.object("VolumeDevice")),
                "volumeMounts": .list(.object("VolumeMount")),
                "workingDir": .string,
                "workspaces": .list(.object("WorkspaceUsage")),
            ]
        ),
        ObjectSchema(
            "Ref",
            [
                "name": .string,
                "params": .list(.object("Param")),
                "resolver": .string,
            ]
        ),
        ObjectSchema(
            "StepOutputConfig",
            [
                "path": .string
            ]
        ),
        ObjectSchema(
            "WhenExpression",
            [
                "cel": .string,
                "input": .string,
                "operator": .string,
                "values": .list(.string),
            ]
        ),
    ]
}
