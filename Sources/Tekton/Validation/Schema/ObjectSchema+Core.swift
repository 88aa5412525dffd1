// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Documents of Kubernetes' core that a run reads (core/v1).
    static let core: [ObjectSchema] = [
        ObjectSchema(
            "Secret",
            [
                "apiVersion": .string,
                "data": .map(.string),
                "immutable": .bool,
                "kind": .string,
                "metadata": .documentMetadata,
                "stringData": .map(.string),
                "type": .string,
            ]
        ),
        ObjectSchema(
            "ConfigMap",
            [
                "apiVersion": .string,
                "binaryData": .map(.string),
                "data": .map(.string),
                "immutable": .bool,
                "kind": .string,
                "metadata": .documentMetadata,
            ]
        ),
        ObjectSchema(
            "ServiceAccount",
            [
                "apiVersion": .string,
                "automountServiceAccountToken": .bool,
                "imagePullSecrets": .list(.object("LocalObjectReference")),
                "kind": .string,
                "metadata": .documentMetadata,
                "secrets": .list(.object("ObjectReference")),
            ]
        ),
        ObjectSchema(
            "ObjectReference",
            [
                "apiVersion": .string,
                "fieldPath": .string,
                "kind": .string,
                "name": .string,
                "namespace": .string,
                "resourceVersion": .string,
                "uid": .string,
            ]
        ),
    ]
}
