// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// What a Pipeline and a PipelineRun are made of, as of `tekton.dev/v1`.
    static let pipeline: [ObjectSchema] = [
        ObjectSchema(
            "PipelineSpec",
            [
                "description": .string,
                "displayName": .string,
                "finally": .list(.object("PipelineTask")),
                "params": .list(.object("ParamSpec")),
                "results": .list(.object("PipelineResult")),
                "tasks": .list(.object("PipelineTask")),
                "workspaces": .list(.object("PipelineWorkspaceDeclaration")),
            ]
        ),
        ObjectSchema(
            "PipelineTask",
            [
                "description": .string,
                "displayName": .string,
                "matrix": .object("Matrix"),
                "name": .string,
                "onError": .string,
                "params": .list(.object("Param")),
                "pipelineRef": .object("PipelineRef"),
                "pipelineSpec": .object("PipelineSpec"),
                "retries": .int64,
                "runAfter": .list(.string),
                "taskRef": .object("TaskRef"),
                "taskSpec": .object("EmbeddedTask"),
                "timeout": .duration,
                "when": .list(.object("WhenExpression")),
                "workspaces": .list(.object("WorkspacePipelineTaskBinding")),
            ]
        ),
        ObjectSchema(
            "EmbeddedTask",
            [
                "apiVersion": .string,
                "description": .string,
                "displayName": .string,
                "kind": .string,
                "metadata": .object("PipelineTaskMetadata"),
                "params": .list(.object("ParamSpec")),
                "results": .list(.object("TaskResult")),
                "sidecars": .list(.object("Sidecar")),
                "spec": .any,
                "stepTemplate": .object("StepTemplate"),
                "steps": .list(.object("Step")),
                "volumes": .list(.object("Volume")),
                "workspaces": .list(.object("WorkspaceDeclaration")),
            ]
        ),
        ObjectSchema(
            "PipelineTaskMetadata",
            [
                "annotations": .map(.string),
                "labels": .map(.string),
            ]
        ),
        ObjectSchema(
            "PipelineRef",
            [
                "apiVersion": .string,
                "name": .string,
                "params": .list(.object("Param")),
                "resolver": .string,
            ]
        ),
        ObjectSchema(
            "PipelineResult",
            [
                "description": .string,
                "name": .string,
                "type": .string,
                "value": .requiredParamValue,
            ]
        ),
        ObjectSchema(
            "PipelineWorkspaceDeclaration",
            [
                "description": .string,
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "WorkspacePipelineTaskBinding",
            [
                "name": .string,
                "subPath": .string,
                "workspace": .string,
            ]
        ),
        ObjectSchema(
            "Matrix",
            [
                "include": .list(.object("IncludeParams")),
                "params": .list(.object("Param")),
            ]
        ),
        ObjectSchema(
            "IncludeParams",
            [
                "name": .string,
                "params": .list(.object("Param")),
            ]
        ),
        ObjectSchema(
            "PipelineRunSpec",
            [
                "managedBy": .string,
                "params": .list(.object("Param")),
                "pipelineRef": .object("PipelineRef"),
                "pipelineSpec": .object("PipelineSpec"),
                "status": .string,
                "taskRunSpecs": .list(.object("PipelineTaskRunSpec")),
                "taskRunTemplate": .object("PipelineTaskRunTemplate"),
                "timeouts": .object("TimeoutFields"),
                "workspaces": .list(.object("WorkspaceBinding")),
            ]
        ),
        ObjectSchema(
            "PipelineTaskRunSpec",
            [
                "computeResources": .object("ResourceRequirements"),
                "metadata": .object("PipelineTaskMetadata"),
                "pipelineTaskName": .string,
                "podTemplate": .object("PodTemplate"),
                "serviceAccountName": .string,
                "sidecarSpecs": .list(.object("TaskRunSidecarSpec")),
                "stepSpecs": .list(.object("TaskRunStepSpec")),
                "timeout": .duration,
            ]
        ),
        ObjectSchema(
            "PipelineTaskRunTemplate",
            [
                "podTemplate": .object("PodTemplate"),
                "serviceAccountName": .string,
            ]
        ),
        ObjectSchema(
            "TimeoutFields",
            [
                "finally": .duration,
                "pipeline": .duration,
                "tasks": .duration,
            ]
        ),
    ]
}
