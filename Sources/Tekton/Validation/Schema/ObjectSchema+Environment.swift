// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Environment variables and resources of a container (core/v1).
    static let environment: [ObjectSchema] = [
        ObjectSchema(
            "EnvVar",
            [
                "name": .string,
                "value": .string,
                "valueFrom": .object("EnvVarSource"),
            ]
        ),
        ObjectSchema(
            "EnvVarSource",
            [
                "configMapKeyRef": .object("ConfigMapKeySelector"),
                "fieldRef": .object("ObjectFieldSelector"),
                "fileKeyRef": .object("FileKeySelector"),
                "resourceFieldRef": .object("ResourceFieldSelector"),
                "secretKeyRef": .object("SecretKeySelector"),
            ]
        ),
        ObjectSchema(
            "EnvFromSource",
            [
                "configMapRef": .object("ConfigMapEnvSource"),
                "prefix": .string,
                "secretRef": .object("SecretEnvSource"),
            ]
        ),
        ObjectSchema(
            "ConfigMapEnvSource",
            [
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "SecretEnvSource",
            [
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "ConfigMapKeySelector",
            [
                "key": .string,
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "SecretKeySelector",
            [
                "key": .string,
                "name": .string,
                "optional": .bool,
            ]
        ),
        ObjectSchema(
            "FileKeySelector",
            [
                "key": .string,
                "optional": .bool,
                "path": .string,
                "volumeName": .string,
            ]
        ),
        ObjectSchema(
            "ObjectFieldSelector",
            [
                "apiVersion": .string,
                "fieldPath": .string,
            ]
        ),
        ObjectSchema(
            "ResourceFieldSelector",
            [
                "containerName": .string,
                "divisor": .quantity,
                "resource": .string,
            ]
        ),
        ObjectSchema(
            "ContainerPort",
            [
                "containerPort": .int32,
                "hostIP": .string,
                "hostPort": .int32,
                "name": .string,
                "protocol": .string,
            ]
        ),
        ObjectSchema(
            "ResourceRequirements",
            [
                "claims": .list(.object("ResourceClaim")),
                "limits": .map(.quantity),
                "requests": .map(.quantity),
            ]
        ),
        ObjectSchema(
            "ResourceClaim",
            [
                "name": .string,
                "request": .string,
            ]
        ),
    ]
}
