// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// The pod template and scheduling (core/v1).
    static let pod: [ObjectSchema] = [
        ObjectSchema(
            "PodTemplate",
            [
                "affinity": .object("Affinity"),
                "automountServiceAccountToken": .bool,
                "dnsConfig": .object("PodDNSConfig"),
                "dnsPolicy": .string,
                "enableServiceLinks": .bool,
                "env": .list(.object("EnvVar")),
                "hostAliases": .list(.object("HostAlias")),
                "hostNetwork": .bool,
                "hostUsers": .bool,
                "imagePullSecrets": .list(.object("LocalObjectReference")),
                "nodeSelector": .map(.string),
                "priorityClassName": .string,
                "runtimeClassName": .string,
                "schedulerName": .string,
                "securityContext": .object("PodSecurityContext"),
                "tolerations": .list(.object("Toleration")),
                "topologySpreadConstraints": .list(.object("TopologySpreadConstraint")),
                "volumes": .list(.object("Volume")),
            ]
        ),
        ObjectSchema(
            "Affinity",
            [
                "nodeAffinity": .object("NodeAffinity"),
                "podAffinity": .object("PodAffinity"),
                "podAntiAffinity": .object("PodAntiAffinity"),
            ]
        ),
        ObjectSchema(
            "NodeAffinity",
            [
                "preferredDuringSchedulingIgnoredDuringExecution": .list(
                    .object("PreferredSchedulingTerm")
                ),
                "requiredDuringSchedulingIgnoredDuringExecution": .object("NodeSelector"),
            ]
        ),
        ObjectSchema(
            "NodeSelector",
            [
                "nodeSelectorTerms": .list(.object("NodeSelectorTerm"))
            ]
        ),
        ObjectSchema(
            "NodeSelectorTerm",
            [
                "matchExpressions": .list(.object("NodeSelectorRequirement")),
                "matchFields": .list(.object("NodeSelectorRequirement")),
            ]
        ),
        ObjectSchema(
            "NodeSelectorRequirement",
            [
                "key": .string,
                "operator": .string,
                "values": .list(.string),
            ]
        ),
        ObjectSchema(
            "PreferredSchedulingTerm",
            [
                "preference": .object("NodeSelectorTerm"),
                "weight": .int32,
            ]
        ),
        ObjectSchema(
            "PodAffinity",
            [
                "preferredDuringSchedulingIgnoredDuringExecution": .list(
                    .object("WeightedPodAffinityTerm")
                ),
                "requiredDuringSchedulingIgnoredDuringExecution": .list(.object("PodAffinityTerm")),
            ]
        ),
        ObjectSchema(
            "PodAntiAffinity",
            [
                "preferredDuringSchedulingIgnoredDuringExecution": .list(
                    .object("WeightedPodAffinityTerm")
                ),
                "requiredDuringSchedulingIgnoredDuringExecution": .list(.object("PodAffinityTerm")),
            ]
        ),
        ObjectSchema(
            "PodAffinityTerm",
            [
                "labelSelector": .object("LabelSelector"),
                "matchLabelKeys": .list(.string),
                "mismatchLabelKeys": .list(.string),
                "namespaceSelector": .object("LabelSelector"),
                "namespaces": .list(.string),
                "topologyKey": .string,
            ]
        ),
        ObjectSchema(
            "WeightedPodAffinityTerm",
            [
                "podAffinityTerm": .object("PodAffinityTerm"),
                "weight": .int32,
            ]
        ),
        ObjectSchema(
            "PodDNSConfig",
            [
                "nameservers": .list(.string),
                "options": .list(.object("PodDNSConfigOption")),
                "searches": .list(.string),
            ]
        ),
        ObjectSchema(
            "PodDNSConfigOption",
            [
                "name": .string,
                "value": .string,
            ]
        ),
        ObjectSchema(
            "HostAlias",
            [
                "hostnames": .list(.string),
                "ip": .string,
            ]
        ),
        ObjectSchema(
            "Toleration",
            [
                "effect": .string,
                "key": .string,
                "operator": .string,
                "tolerationSeconds": .int64,
                "value": .string,
            ]
        ),
        ObjectSchema(
            "TopologySpreadConstraint",
            [
                "labelSelector": .object("LabelSelector"),
                "matchLabelKeys": .list(.string),
                "maxSkew": .int32,
                "minDomains": .int32,
                "nodeAffinityPolicy": .string,
                "nodeTaintsPolicy": .string,
                "topologyKey": .string,
                "whenUnsatisfiable": .string,
            ]
        ),
    ]
}
