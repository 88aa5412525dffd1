// SPDX-License-Identifier: Apache-2.0
import JSON
import Secrets
import Testing

/// What each provider makes of its parameters.
struct ProviderClassTests {
    private func objects(_ provider: String, _ parameters: String) throws -> [SecretObject] {
        let parsed = parseClass(classText(provider, parameters))
        #expect(said(parsed.diagnostics) == [])
        return try #require(parsed.secretClass).objects
    }

    @Test func `a Vault object keeps all that it says`() throws {
        let objects = try objects(
            "vault",
            """
            roleName: r
            vaultAddress: https://vault:8200
            vaultSkipTLSVerify: "True"
            vaultAuthMountPath: m
            objects: |
              - objectName: a/b
                secretPath: pki/issue/x
                secretKey: 12
                method: PUT
                secretArgs: {common_name: x, ttl: 5, list: [a]}
                filePermission: 0400
                encoding: Base64
              - {objectName: c, secretPath: s, filePermission: 256}
            """
        )
        #expect(objects.map(\.fileName) == ["a/b", "c"])
        #expect(objects.map(\.mode) == [0o400, 0o400])
        #expect(
            objects[0].source
                == .vault(
                    VaultObject(
                        secretPath: "pki/issue/x",
                        secretKey: "12",
                        method: "PUT",
                        arguments: [
                            "common_name": .string("x"), "ttl": .number("5"),
                            "list": .array([.string("a")]),
                        ],
                        encoding: .base64
                    )
                )
        )
    }

    @Test(arguments: ["baoRoleName", "openbaoRoleName", "roleName"])
    func `OpenBao takes its names under three prefixes`(role: String) throws {
        let objects = try objects(
            "openbao",
            """
            \(role): r
            baoAddress: https://bao:8200
            openbaoNamespace: ns
            vaultCACertPath: /ca.pem
            objects: "[{objectName: a, secretPath: p}]"
            """
        )
        #expect(objects.map(\.name) == ["a"])
    }

    @Test func `an AWS object's slashes are translated`() throws {
        let list = """
            objects: |
              - {objectName: team/app, objectType: secretsmanager}
              - {objectName: /ci/token, objectType: ssmparameter, objectVersion: "3"}
              - objectName: "arn:aws:secretsmanager:eu-west-1:123:secret:db-AbCdEf"
                objectAlias: db
                filePermission: "0600"
                jmesPath:
                  - {path: username, objectAlias: users/db, filePermission: "0440"}
            """
        #expect(
            try objects("aws", list).flatMap(\.filePaths)
                == ["team_app", "_ci_token", "db", "users_db"]
        )
        #expect(
            try objects("aws", "pathTranslation: \"-\"\n" + list).flatMap(\.filePaths)
                == ["team-app", "-ci-token", "db", "users-db"]
        )
        let plain = try objects("aws", "pathTranslation: 'FALSE'\n" + list)
        #expect(plain.flatMap(\.filePaths) == ["team/app", "ci/token", "db", "users/db"])
        #expect(plain.map(\.mode) == [0o644, 0o644, 0o600])
        #expect(
            plain[2].source
                == .aws(
                    AWSObject(
                        objectName: "arn:aws:secretsmanager:eu-west-1:123:secret:db-AbCdEf",
                        service: .secretsManager,
                        jmesPaths: [
                            AWSObject.JMESPath(
                                path: "username",
                                alias: "users/db",
                                fileName: "users/db",
                                mode: 0o440
                            )
                        ]
                    )
                )
        )
        #expect(plain.map(\.name) == ["team/app", "/ci/token", "db"])
    }

    @Test func `an AWS object fails over to another name`() throws {
        let objects = try objects(
            "aws",
            """
            region: eu-west-1
            failoverRegion: eu-west-2
            usePodIdentity: "false"
            objects: |
              - objectName: a
                objectType: secretsmanager
                objectAlias: f
                failoverObject: {objectName: b, objectVersionLabel: AWSPREVIOUS}
            """
        )
        #expect(
            objects[0].source
                == .aws(
                    AWSObject(
                        objectName: "a",
                        service: .secretsManager,
                        failover: AWSObject.Failover(
                            objectName: "b",
                            version: "",
                            versionLabel: "AWSPREVIOUS"
                        )
                    )
                )
        )
    }

    @Test func `an Azure object's strings are trimmed and a history numbers its files`() throws {
        let objects = try objects(
            "azure",
            """
            keyvaultName: " kv-1 "
            tenantID: t
            objects: |
              array:
                - |
                  objectName: " one "
                  objectType: "secret "
                  objectVersion: latest
                  objectEncoding: hex
                  filePermission: 0640
                - |
                  objectName: two
                  objectAlias: certs/two
                  objectType: cert
                  objectFormat: PFX
                  objectVersionHistory: 3
            """
        )
        #expect(objects.flatMap(\.filePaths) == ["one", "certs/two/0"])
        #expect(objects.map(\.mode) == [0o640, 0o644])
        #expect(
            objects[0].source
                == .azure(AzureObject(objectName: "one", kind: .secret, encoding: .hex))
        )
        #expect(
            objects[1].source
                == .azure(
                    AzureObject(
                        objectName: "two",
                        kind: .certificate,
                        versionHistory: 3,
                        format: .pfx
                    )
                )
        )
    }

    @Test func `a GCP object is of one of four forms`() throws {
        let objects = try objects(
            "gcp",
            """
            auth: provider-adc
            secrets: |
              - {resourceName: projects/p/secrets/s/versions/latest, fileName: old, path: a/b}
              - resourceName: projects/p/locations/europe-west1/secrets/s/versions/1
                fileName: c
                extractJSONKey: k
              - resourceName: projects/p/locations/global/parameters/n/versions/v
                path: d
                mode: 0400
              - resourceName: projects/p/locations/us-east1/parameters/n/versions/v
                path: e
                extractYAMLKey: k
            """
        )
        #expect(objects.map(\.fileName) == ["a/b", "c", "d", "e"])
        #expect(objects.map(\.mode) == [0o644, 0o644, 0o400, 0o644])
        let sources = objects.compactMap { object in
            if case .gcp(let source) = object.source { source } else { nil }
        }
        #expect(sources.map(\.region) == ["", "europe-west1", "", "us-east1"])
        #expect(sources.map(\.isParameter) == [false, false, true, true])
        #expect(sources.map(\.extraction) == [.whole, .jsonKey("k"), .whole, .yamlKey("k")])
    }

    @Test(arguments: ["file", "exec"])
    func `a configured object names an entry and nothing else`(provider: String) throws {
        let objects = try objects(
            provider,
            "objects: '[{objectName: a/b, entry: db.password, encoding: hex}]'"
        )
        #expect(
            objects[0].source == .configured(ConfiguredObject(entry: "db.password", encoding: .hex))
        )
    }
}
