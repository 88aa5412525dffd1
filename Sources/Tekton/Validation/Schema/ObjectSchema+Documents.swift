// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// The documents themselves.
    static let documents: [ObjectSchema] = [
        ObjectSchema(
            "Task",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("TaskSpec"),
            ]
        ),
        ObjectSchema(
            "TaskRun",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("TaskRunSpec"),
                "status": .any,
            ]
        ),
        ObjectSchema(
            "Pipeline",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("PipelineSpec"),
            ]
        ),
        ObjectSchema(
            "PipelineRun",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("PipelineRunSpec"),
                "status": .any,
            ]
        ),
        ObjectSchema(
            "TaskV1Beta1",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("TaskSpecV1Beta1"),
            ]
        ),
        ObjectSchema(
            "TaskRunV1Beta1",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("TaskRunSpecV1Beta1"),
                "status": .any,
            ]
        ),
        ObjectSchema(
            "PipelineV1Beta1",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("PipelineSpecV1Beta1"),
            ]
        ),
        ObjectSchema(
            "PipelineRunV1Beta1",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("PipelineRunSpecV1Beta1"),
                "status": .any,
            ]
        ),
        ObjectSchema(
            "StepActionV1Beta1",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("StepActionSpec"),
            ]
        ),
        ObjectSchema(
            "StepActionV1Alpha1",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .documentMetadata,
                "spec": .object("StepActionSpec"),
            ]
        ),
        ObjectSchema(
            "ObjectMeta",
            [
                "annotations": .map(.string),
                "creationTimestamp": .time,
                "deletionGracePeriodSeconds": .int64,
                "deletionTimestamp": .time,
                "finalizers": .list(.string),
                "generateName": .string,
                "generation": .int64,
                "labels": .map(.string),
                "managedFields": .list(.object("ManagedFieldsEntry")),
                "name": .string,
                "namespace": .string,
                "ownerReferences": .list(.object("OwnerReference")),
                "resourceVersion": .string,
                "selfLink": .string,
                "uid": .string,
            ]
        ),
        ObjectSchema(
            "OwnerReference",
            [
                "apiVersion": .string,
                "blockOwnerDeletion": .bool,
                "controller": .bool,
                "kind": .string,
                "name": .string,
                "uid": .string,
            ]
        ),
        ObjectSchema(
            "ManagedFieldsEntry",
            [
                "apiVersion": .string,
                "fieldsType": .string,
                "fieldsV1": .any,
                "manager": .string,
                "operation": .string,
                "subresource": .string,
                "time": .time,
            ]
        ),
    ]
}
