// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// What a Task, a TaskRun and a StepAction are made of, as of `tekton.dev/v1`.
    static let task: [ObjectSchema] = [
        ObjectSchema(
            "TaskSpec",
            [
                "description": .string,
                "displayName": .string,
                "params": .list(.object("ParamSpec")),
                "results": .list(.object("TaskResult")),
                "sidecars": .list(.object("Sidecar")),
                "stepTemplate": .object("StepTemplate"),
                "steps": .list(.object("Step")),
                "volumes": .list(.object("Volume")),
                "workspaces": .list(.object("WorkspaceDeclaration")),
            ]
        ),
        ObjectSchema(
            "TaskRunSpec",
            [
                "computeResources": .object("ResourceRequirements"),
                "debug": .object("TaskRunDebug"),
                "managedBy": .string,
                "params": .list(.object("Param")),
                "podTemplate": .object("PodTemplate"),
                "retries": .int64,
                "serviceAccountName": .string,
                "sidecarSpecs": .list(.object("TaskRunSidecarSpec")),
                "status": .string,
                "statusMessage": .string,
                "stepSpecs": .list(.object("TaskRunStepSpec")),
                "taskRef": .object("TaskRef"),
                "taskSpec": .object("TaskSpec"),
                "timeout": .duration,
                "workspaces": .list(.object("WorkspaceBinding")),
            ]
        ),
        ObjectSchema(
            "TaskRef",
            [
                "apiVersion": .string,
                "kind": .string,
                "name": .string,
                "params": .list(.object("Param")),
                "resolver": .string,
            ]
        ),
        ObjectSchema(
            "TaskRunDebug",
            [
                "breakpoints": .object("TaskBreakpoints")
            ]
        ),
        ObjectSchema(
            "TaskBreakpoints",
            [
                "beforeSteps": .list(.string),
                "onFailure": .string,
            ]
        ),
        ObjectSchema(
            "TaskRunStepSpec",
            [
                "computeResources": .object("ResourceRequirements"),
                "name": .string,
            ]
        ),
        ObjectSchema(
            "TaskRunSidecarSpec",
            [
                "computeResources": .object("ResourceRequirements"),
                "name": .string,
            ]
        ),
        ObjectSchema(
            "TaskResult",
            [
                "description": .string,
                "name": .string,
                "properties": .map(.object("PropertySpec")),
                "type": .string,
                "value": .paramValue,
            ]
        ),
        ObjectSchema(
            "StepResult",
            [
                "description": .string,
                "name": .string,
                "properties": .map(.object("PropertySpec")),
                "type": .string,
            ]
        ),
        ObjectSchema(
            "ParamSpec",
            [
                "default": .paramValue,
                "description": .string,
                "enum": .list(.string),
                "name": .string,
                "properties": .map(.object("PropertySpec")),
                "type": .string,
            ]
        ),
        ObjectSchema(
            "Param",
            [
                "name": .string,
                "value": .requiredParamValue,
            ]
        ),
        ObjectSchema(
            "PropertySpec",
            [
                "type": .string
            ]
        ),
        ObjectSchema(
            "StepActionSpec",
            [
                "args": .list(.string),
                "command": .list(.string),
                "description": .string,
                "env": .list(.object("EnvVar")),
                "image": .string,
                "params": .list(.object("ParamSpec")),
                "results": .list(.object("StepResult")),
                "script": .string,
                "securityContext": .object("SecurityContext"),
                "volumeMounts": .list(.object("VolumeMount")),
                "workingDir": .string,
            ]
        ),
        ObjectSchema(
            "WorkspaceDeclaration",
            [
                "description": .string,
                "mountPath": .string,
                "name": .string,
                "optional": .bool,
                "readOnly": .bool,
            ]
        ),
        ObjectSchema(
            "WorkspaceUsage",
            [
                "mountPath": .string,
                "name": .string,
            ]
        ),
        ObjectSchema(
            "WorkspaceBinding",
            [
                "configMap": .object("ConfigMapVolumeSource"),
                "csi": .object("CSIVolumeSource"),
                "emptyDir": .object("EmptyDirVolumeSource"),
                "name": .string,
                "persistentVolumeClaim": .object("PersistentVolumeClaimVolumeSource"),
                "projected": .object("ProjectedVolumeSource"),
                "secret": .object("SecretVolumeSource"),
                "subPath": .string,
                "volumeClaimTemplate": .object("PersistentVolumeClaim"),
            ]
        ),
    ]
}
