// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Secrets
import Testing

/// What each provider refuses, in its own words where it has some.
struct ProviderClassRefusalTests {
    struct Case: Sendable, CustomTestStringConvertible {
        var provider: String
        var parameters: String
        var said: [String]
        var testDescription: String { said.first ?? "" }

        init(_ provider: String, _ parameters: String, _ said: String...) {
            self.provider = provider
            self.parameters = parameters
            self.said = said
        }
    }

    static let objects = "spec.parameters.objects"

    static let vault = [
        Case(
            "vault",
            "objects: '[{objectName: a, secretPath: p}]'",
            "8:5 error spec.parameters.roleName: missing 'roleName' in SecretProviderClass "
                + "definition; name the role that the store's policy is bound to"
        ),
        Case(
            "vault",
            "roleName: r",
            "8:5 error \(objects): no secrets configured - the provider will not read any secret "
                + "material"
        ),
        Case(
            "vault",
            "roleName: r\nobjects: '[]'",
            "9:14 error \(objects): no secrets configured - the provider will not read any secret "
                + "material"
        ),
        Case(
            "vault",
            "roleName: r\nobjects: 'a: b'",
            "9:15 error \(objects): `objects` must be a YAML list, not a mapping; start each object "
                + "with `- `"
        ),
        Case(
            "vault",
            """
            roleName: r
            vaultSkipTLSVerify: "yes"
            vaultKubernetesMountPath: a
            vaultAuthMountPath: b
            vaultRole: c
            objects: '[{objectName: a, secretPath: p}]'
            """,
            "9:25 error spec.parameters.vaultSkipTLSVerify: parameter `vaultSkipTLSVerify` must be "
                + "\"true\" or \"false\", not `yes`",
            "11:25 error spec.parameters.vaultAuthMountPath: cannot set both "
                + "vaultKubernetesMountPath and vaultAuthMountPath",
            "12:16 warning spec.parameters.vaultRole: provider `vault` has no parameter `vaultRole` "
                + "and ignores it"
        ),
        Case(
            "vault",
            """
            roleName: r
            objects: |
              - objectName: a
                secretPath: p
                filePermission: "0600"
                encoding: rot13
                secretKye: k
              - objectName: ../b
                secretPath: p
              - objectName: a
                secretPath: q
                filePermission: 600
                secretArgs: x
              - objectName: a/c
                secretPath: p
              - 7
            """,
            "13:19 error \(objects)[0].encoding: invalid encoding type `rot13`; should be utf-8, "
                + "base64, or hex",
            "12:25 error \(objects)[0].filePermission: `filePermission` must be a whole number, not "
                + "a string; leave the quotes out",
            "14:9 warning \(objects)[0].secretKye: unknown field `secretKye` in an object; the "
                + "provider ignores it; did you mean `secretKey`?",
            "15:21 error \(objects)[1].objectName: file name `../b` must not contain `..`",
            "20:21 error \(objects)[2].secretArgs: `secretArgs` must be a mapping, not a string",
            "19:25 warning \(objects)[2].filePermission: `filePermission` 600 is decimal, octal "
                + "1130; only the permission bits count; write `0600`",
            "23:9 error \(objects)[4]: expected a mapping, found a number",
            "17:9 error \(objects)[2]: file `a` is already made by object `a` of line 10; each "
                + "object of a class makes a file of its own",
            "21:9 error \(objects)[3]: file `a/c` needs a directory `a`, which is a file of object "
                + "`a`"
        ),
    ]

    static let aws = [
        Case(
            "aws",
            """
            region: r
            failoverRegion: r
            pathTranslation: ab
            preferredAddressType: ipv5
            objects: |
              - {objectName: a, objectType: ssm}
              - {objectName: b}
              - {objectName: c, objectType: ssmparameter, objectVersion: "1", objectVersionLabel: x}
              - {objectName: "arn:aws:s3:::x"}
              - {objectName: "arn:aws:ssm:r:1:parameter/x", objectType: secretsmanager}
            """,
            "9:21 error spec.parameters.failoverRegion: failover region `r` is the primary region",
            "11:27 error spec.parameters.preferredAddressType: parameter `preferredAddressType` must "
                + "be one of `auto`, `ipv4`, `ipv6`, not `ipv5`; did you mean `ipv4`?",
            "10:22 error spec.parameters.pathTranslation: pathTranslation must be either 'False' or "
                + "a single character, not `ab`",
            "13:37 error \(objects)[0].objectType: `objectType` must be one of `secretsmanager`, "
                + "`ssmparameter`, not `ssm`",
            "14:9 error \(objects)[1].objectType: object `b` needs `objectType`, as its name is no "
                + "ARN; `secretsmanager` or `ssmparameter`",
            "15:91 error \(objects)[2].objectVersionLabel: a parameter has either `objectVersion` or "
                + "`objectVersionLabel`",
            "16:22 error \(objects)[3].objectName: `arn:aws:s3:::x` is no ARN of Secrets Manager or "
                + "Parameter Store",
            "17:65 error \(objects)[4].objectType: objectType `secretsmanager` does not match the "
                + "ARN, which is one of `ssmparameter`"
        ),
        Case(
            "aws",
            """
            objects: |
              - objectName: a
                objectType: secretsmanager
                filePermission: 0600
                jmesPath: [{path: x}, {objectAlias: ../y, path: y}]
                failoverObject: {objectName: b, objectVersion: "2"}
              - {objectName: b, objectType: secretsmanager, objectAlias: a}
            """,
            "11:25 error \(objects)[0].filePermission: `filePermission` must be 4 octal digits in "
                + "quotes, not `384`; for example `filePermission: \"0600\"`",
            "12:20 error \(objects)[0].jmesPath[0].objectAlias: a jmesPath entry needs `objectAlias`",
            "12:45 error \(objects)[0].jmesPath[1].objectAlias: path can not contain ../: `../y`",
            "13:25 error \(objects)[0].failoverObject: object alias must be specified for a failover "
                + "object",
            "13:56 error \(objects)[0].failoverObject.objectVersion: object versions must match "
                + "between primary and failover region: `` and `2`",
            "14:9 error \(objects)[1]: file `a` is already made by object `a` of line 9; each object "
                + "of a class makes a file of its own"
        ),
    ]

    static let azure = [
        Case(
            "azure",
            "usePodIdentity: \"true\"\nuseVMManagedIdentity: \"true\"\nobjects: ''",
            "8:5 error spec.parameters.keyvaultName: keyvaultName is not provided",
            "8:5 error spec.parameters.tenantID: tenantID is not provided",
            "9:27 error spec.parameters.useVMManagedIdentity: only one identity mode can be enabled "
                + "at a time: usePodIdentity, useVMManagedIdentity",
            "10:14 error \(objects): objects is not set"
        ),
        Case(
            "azure",
            """
            keyvaultName: k_
            tenantId: t
            cloudName: AzurePublicClod
            objects: |
              array:
                - |
                  objectName: a
                  objectTyp: secret
                - |
                  objectName: /b
                  objectType: key
                  objectEncoding: hex
                  objectVersionHistory: many
                - "objectName: [" 
                - ""
                - {objectName: c, objectType: cert, filePermission: "9"}
            """,
            "8:19 error spec.parameters.keyvaultName: `k_` is no name of a key vault: 3 to 24 "
                + "letters, digits and hyphens",
            "10:16 error spec.parameters.cloudName: cloud `AzurePublicClod` is not known; did you "
                + "mean `AzurePublicCloud`?",
            "21:25 error \(objects).array[2]: did not find expected node content while parsing a "
                + "flow node that starts at line 21, column 25",
            "14:11 error \(objects).array[0].objectType: an object needs `objectType`: secret, key "
                + "or cert",
            "15:11 warning \(objects).array[0].objectTyp: unknown field `objectTyp` in an object; "
                + "the provider ignores it; did you mean `objectType`?",
            "20:33 error \(objects).array[1].objectVersionHistory: `objectVersionHistory` must be a "
                + "whole number, not a string",
            "19:27 error \(objects).array[1].objectEncoding: `objectEncoding` is for objects of type "
                + "secret only",
            "17:23 error \(objects).array[1].objectName: file name `/b` must be relative",
            "22:11 error \(objects).array[3]: expected a mapping, found a string",
            "23:61 error \(objects).array[4].filePermission: `filePermission` must be octal digits "
                + "in quotes, not `9`; for example `filePermission: \"0600\"`"
        ),
        Case(
            "azure",
            "keyvaultName: kv-1\ntenantId: t\nobjects: 'array: []'",
            "10:22 error \(objects).array: objects array is empty"
        ),
        Case(
            "azure",
            "keyvaultName: kv-1\ntenantId: t\nobjects: 'arary: []'",
            "10:15 warning \(objects).arary: unknown field `arary` in `objects`; the provider "
                + "ignores it; did you mean `array`?",
            "10:15 error \(objects).array: objects array is empty"
        ),
    ]

    static let others = [
        Case(
            "gcp",
            "auth: pod",
            "8:11 error spec.parameters.auth: unknown auth configuration: `pod`; `pod-adc` or "
                + "`provider-adc`",
            "8:5 error spec.parameters.secrets: missing required 'secrets' attribute"
        ),
        Case(
            "gcp",
            """
            secrets: |
              - {resourceName: projects/p/secrets/s}
              - {resourceName: projects/p/secrets/s, path: a}
              - {path: b, extractJSONKey: a, extractYAMLKey: b, mode: "0600"}
            """,
            "9:9 error spec.parameters.secrets[0].path: a secret needs `path`, the name of its file",
            "10:24 error spec.parameters.secrets[1].resourceName: `projects/p/secrets/s` is no "
                + "resource name; for example `projects/my-project/secrets/my-secret/versions/latest`",
            "11:9 error spec.parameters.secrets[2].resourceName: a secret needs `resourceName`",
            "11:54 error spec.parameters.secrets[2].extractYAMLKey: both `extractJSONKey` and "
                + "`extractYAMLKey` are given; only one can be",
            "11:63 error spec.parameters.secrets[2].mode: `mode` must be a whole number, not a "
                + "string; leave the quotes out"
        ),
        Case(
            "exec",
            """
            command: /bin/sh
            objects: |
              - {objectName: a, entry: ../../bin/sh}
              - {objectName: b, entry: e, path: /etc/shadow}
              - {objectName: c}
            """,
            "8:14 error spec.parameters.command: a class of provider `exec` cannot name a command or "
                + "a path of this host; name an entry of your configuration with `entry`",
            "10:32 error \(objects)[0].entry: `../../bin/sh` is no name of an entry: letters, "
                + "digits, `.`, `_` and `-`; a class of provider `exec` cannot name a command or a "
                + "path of this host",
            "11:41 error \(objects)[1].path: a class of provider `exec` cannot name a command or a "
                + "path of this host; name an entry of your configuration with `entry`",
            "12:9 error \(objects)[2].entry: an object needs `entry`"
        ),
    ]

    @Test(arguments: vault + aws + azure + others)
    func `what is wrong is said at its place`(refusal: Case) {
        let parsed = parseClass(classText(refusal.provider, refusal.parameters))
        #expect(parsed.secretClass == nil)
        #expect(said(parsed.diagnostics) == refusal.said)
    }
}
