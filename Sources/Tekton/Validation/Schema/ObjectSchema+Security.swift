// SPDX-License-Identifier: Apache-2.0

extension ObjectSchema {
    /// Security contexts (core/v1).
    static let security: [ObjectSchema] = [
        ObjectSchema(
            "SecurityContext",
            [
                "allowPrivilegeEscalation": .bool,
                "appArmorProfile": .object("AppArmorProfile"),
                "capabilities": .object("Capabilities"),
                "privileged": .bool,
                "procMount": .string,
                "readOnlyRootFilesystem": .bool,
                "runAsGroup": .int64,
                "runAsNonRoot": .bool,
                "runAsUser": .int64,
                "seLinuxOptions": .object("SELinuxOptions"),
                "seccompProfile": .object("SeccompProfile"),
                "windowsOptions": .object("WindowsSecurityContextOptions"),
            ]
        ),
        ObjectSchema(
            "PodSecurityContext",
            [
                "appArmorProfile": .object("AppArmorProfile"),
                "fsGroup": .int64,
                "fsGroupChangePolicy": .string,
                "runAsGroup": .int64,
                "runAsNonRoot": .bool,
                "runAsUser": .int64,
                "seLinuxChangePolicy": .string,
                "seLinuxOptions": .object("SELinuxOptions"),
                "seccompProfile": .object("SeccompProfile"),
                "supplementalGroups": .list(.int64),
                "supplementalGroupsPolicy": .string,
                "sysctls": .list(.object("Sysctl")),
                "windowsOptions": .object("WindowsSecurityContextOptions"),
            ]
        ),
        ObjectSchema(
            "Capabilities",
            [
                "add": .list(.string),
                "drop": .list(.string),
            ]
        ),
        ObjectSchema(
            "SELinuxOptions",
            [
                "level": .string,
                "role": .string,
                "type": .string,
                "user": .string,
            ]
        ),
        ObjectSchema(
            "SeccompProfile",
            [
                "localhostProfile": .string,
                "type": .string,
            ]
        ),
        ObjectSchema(
            "AppArmorProfile",
            [
                "localhostProfile": .string,
                "type": .string,
            ]
        ),
        ObjectSchema(
            "WindowsSecurityContextOptions",
            [
                "gmsaCredentialSpec": .string,
                "gmsaCredentialSpecName": .string,
                "hostProcess": .bool,
                "runAsUserName": .string,
            ]
        ),
        ObjectSchema(
            "Sysctl",
            [
                "name": .string,
                "value": .string,
            ]
        ),
    ]
}
