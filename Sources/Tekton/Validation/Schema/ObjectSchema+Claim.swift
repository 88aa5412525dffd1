// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Claims and volume templates (core/v1).
    static let claim: [ObjectSchema] = [
        ObjectSchema(
            "PersistentVolumeClaim",
            [
                "apiVersion": .string,
                "kind": .string,
                "metadata": .object("ObjectMeta"),
                "spec": .object("PersistentVolumeClaimSpec"),
                "status": .object("PersistentVolumeClaimStatus"),
            ]
        ),
        ObjectSchema(
            "PersistentVolumeClaimSpec",
            [
                "accessModes": .list(.string),
                "dataSource": .object("TypedLocalObjectReference"),
                "dataSourceRef": .object("TypedObjectReference"),
                "resources": .object("VolumeResourceRequirements"),
                "selector": .object("LabelSelector"),
                "storageClassName": .string,
                "volumeAttributesClassName": .string,
                "volumeMode": .string,
                "volumeName": .string,
            ]
        ),
        ObjectSchema(
            "PersistentVolumeClaimStatus",
            [
                "accessModes": .list(.string),
                "allocatedResourceStatuses": .map(.string),
                "allocatedResources": .map(.quantity),
                "capacity": .map(.quantity),
                "conditions": .list(.object("PersistentVolumeClaimCondition")),
                "currentVolumeAttributesClassName": .string,
                "modifyVolumeStatus": .object("ModifyVolumeStatus"),
                "phase": .string,
            ]
        ),
        ObjectSchema(
            "PersistentVolumeClaimCondition",
            [
                "lastProbeTime": .time,
                "lastTransitionTime": .time,
                "message": .string,
                "reason": .string,
                "status": .string,
                "type": .string,
            ]
        ),
        ObjectSchema(
            "PersistentVolumeClaimTemplate",
            [
                "metadata": .object("ObjectMeta"),
                "spec": .object("PersistentVolumeClaimSpec"),
            ]
        ),
        ObjectSchema(
            "PersistentVolumeClaimVolumeSource",
            [
                "claimName": .string,
                "readOnly": .bool,
            ]
        ),
        ObjectSchema(
            "EphemeralVolumeSource",
            [
                "volumeClaimTemplate": .object("PersistentVolumeClaimTemplate")
            ]
        ),
        ObjectSchema(
            "ModifyVolumeStatus",
            [
                "status": .string,
                "targetVolumeAttributesClassName": .string,
            ]
        ),
        ObjectSchema(
            "VolumeResourceRequirements",
            [
                "limits": .map(.quantity),
                "requests": .map(.quantity),
            ]
        ),
        ObjectSchema(
            "TypedLocalObjectReference",
            [
                "apiGroup": .string,
                "kind": .string,
                "name": .string,
            ]
        ),
        ObjectSchema(
            "TypedObjectReference",
            [
                "apiGroup": .string,
                "kind": .string,
                "name": .string,
                "namespace": .string,
            ]
        ),
        ObjectSchema(
            "LabelSelector",
            [
                "matchExpressions": .list(.object("LabelSelectorRequirement")),
                "matchLabels": .map(.string),
            ]
        ),
        ObjectSchema(
            "LabelSelectorRequirement",
            [
                "key": .string,
                "operator": .string,
                "values": .list(.string),
            ]
        ),
    ]
}
