// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Diagnostics
import Platform
import Secrets
import TestSupport
import Testing

/// What the embedded store serves for the classes of every provider.
struct LocalStoreFetchTests {
    /// `object: message; remedy`, one for each failure.
    private func failures(_ store: TestStore, _ text: String) async throws -> [String] {
        do {
            let files = try await store.fetch(text)
            Issue.record("served \(files.map(\.path))")
            return []
        } catch let error as SecretStoreError {
            #expect(error.store == "local store")
            return error.failures.map { failure in
                "\(failure.object) \(failure.location?.line ?? 0): \(failure.message); "
                    + failure.remedy
            }
        }
    }

    private static let vault = """
        roleName: r
        objects: |
          - objectName: docker/password
            secretPath: cicd/data/docker-registry
            secretKey: password
            filePermission: 0600
          - objectName: docker-username
            secretPath: /v1/cicd/data/docker-registry?version=2
            secretKey: username
        """

    @Test func `a Vault class is served in its order, by path and key`() async throws {
        let test = try TestStore()
        try test.set("cicd/data/docker-registry", ["username": "ci-user", "password": "pw\n"])
        for provider in ["vault", "openbao"] {
            let files = try await test.fetch(classText(provider, Self.vault))
            #expect(files.map(\.path) == ["docker/password", "docker-username"])
            #expect(files.map(\.mode) == [0o600, 0o644])
            #expect(files.map(\.content) == ["pw\n", "ci-user"])
            #expect(files.map(\.name) == ["docker/password", "docker-username"])
            #expect(files.map(\.storeVersion) == ["1", "1"])
            #expect(files.map(\.fingerprint) == ["", ""])
        }
    }

    @Test func `a fingerprint is made with the audit key`() async throws {
        let key = AuditKey(try LockedBytes(copying: [UInt8](repeating: 1, count: 32).span))
        let test = try TestStore(auditKey: key)
        try test.set("cicd/data/docker-registry", ["username": "ci-user", "password": "pw"])
        let files = try await test.fetch(classText("vault", Self.vault))
        let value = try LockedBytes(copying: Array("ci-user".utf8).span)
        #expect(files[1].fingerprint == (try key.fingerprint(of: value)))
        #expect(files[0].fingerprint != files[1].fingerprint)
    }

    @Test func `all that is missing is said at once, and nothing is served`() async throws {
        let test = try TestStore()
        try test.set("cicd/data/docker-registry", ["username": "ci-user"])
        let text = classText(
            "vault",
            """
            roleName: r
            objects: |
              - {objectName: a, secretPath: cicd/data/docker-registry, secretKey: username}
              - {objectName: b, secretPath: cicd/data/docker-registry, secretKey: pasword}
              - {objectName: c, secretPath: /v1/cicd/data/docker-regestry, secretKey: x}
              - {objectName: d, secretPath: elsewhere}
            """
        )
        let said = try await failures(test, text)
        #expect(
            said == [
                "b 11: secret `cicd/data/docker-registry` has no key `pasword`; it has `username`; "
                    + "`tacit secret set cicd/data/docker-registry pasword=-` makes it",
                "c 12: no such secret `cicd/data/docker-regestry`; did you mean "
                    + "`cicd/data/docker-registry`? `tacit secret set cicd/data/docker-regestry x=-` "
                    + "makes it",
                "d 13: no such secret `elsewhere`; `tacit secret set elsewhere value=-` makes it",
            ]
        )
    }

    @Test func `without a store, or with a damaged one, the store itself has failed`() async throws
    {
        let test = try TestStore()
        let text = classText("vault", Self.vault)
        let said = try await failures(test, text)
        #expect(
            said == [
                " 0: there is no store at `\(test.paths.store)`; `tacit secret set NAME KEY=-` makes "
                    + "it; "
            ]
        )
        try test.directory.write("junk", to: "store/secrets.tacit")
        let saidOfJunk = try await failures(test, text)
        #expect(
            saidOfJunk == [
                " 0: `\(test.paths.store)` is no tacit store, or its first bytes are damaged; "
                    + "restore it from a copy; "
            ]
        )
    }

    @Test func `a whole Vault secret is the provider's JSON`() async throws {
        let test = try TestStore()
        try test.set("cicd/data/x", ["b": "<\"\\\u{1}\n\té>", "a": "1"])
        try test.set("kv/x", ["k": "v"])
        let files = try await test.fetch(
            classText(
                "vault",
                """
                roleName: r
                objects: |
                  - {objectName: two, secretPath: cicd/data/x, encoding: hex}
                  - {objectName: one, secretPath: kv/x}
                """
            )
        )
        let head = #"{"request_id":"","lease_id":"","lease_duration":0,"renewable":false,"data":"#
        #expect(
            files[0].content
                == head + #"{"data":{"a":"1","b":"\u003c\"\\\u0001\n\té\u003e"},"metadata":"#
                + #"{"created_time":"1970-01-01T00:00:01.000000Z","custom_metadata":null,"#
                + #""deletion_time":"","destroyed":false,"version":1}},"warnings":null}"#
        )
        #expect(files[1].content == head + #"{"k":"v"},"warnings":null}"#)
    }

    @Test func `values are decoded as the object's encoding says`() async throws {
        let test = try TestStore()
        try test.set("s", ["b": "aGk\n=", "h": "68 69", "x": "6869"])
        let text = classText(
            "vault",
            """
            roleName: r
            objects: |
              - {objectName: b, secretPath: s, secretKey: b, encoding: base64}
              - {objectName: x, secretPath: s, secretKey: x, encoding: hex}
            """
        )
        #expect(try await test.fetch(text).map(\.content) == ["hi", "hi"])
        let wrong = text.replacingFirst("secretKey: x", by: "secretKey: h")
        let saidOfWrong = try await failures(test, wrong)
        #expect(
            saidOfWrong == [
                "x 11: key `h` of secret `s` is not hex, as the object's encoding says; "
            ]
        )
    }

    @Test func `an AWS secret is one value, or the JSON of its keys`() async throws {
        let test = try TestStore()
        try test.set("team/app", ["value": #"{"user":"u\u00fc","n":1,"deep":{"user":"x"}}"#])
        try test.set("pair", ["pass word": "p&q", "user": "u"])
        let files = try await test.fetch(
            classText(
                "aws",
                """
                objects: |
                  - objectName: team/app
                    objectType: secretsmanager
                    jmesPath: [{path: user, objectAlias: app-user, filePermission: "0400"}]
                  - objectName: pair
                    objectType: ssmparameter
                    jmesPath: [{path: '"pass word"', objectAlias: pair-pass}]
                """
            )
        )
        #expect(files.map(\.path) == ["team_app", "app-user", "pair", "pair-pass"])
        #expect(files.map(\.mode) == [0o644, 0o400, 0o644, 0o644])
        #expect(files[1].content == "uü")
        #expect(files[2].content == #"{"pass word":"p&q","user":"u"}"#)
        #expect(files[3].content == "p&q")
    }

    @Test func `a JMESPath that is no key is refused in words`() async throws {
        let test = try TestStore()
        try test.set("a", ["value": #"{"num":1,"null":null,"user":"u"}"#])
        try test.set("b", ["value": "no json"])
        try test.set("c", ["other": "no json"])
        let text = classText(
            "aws",
            """
            objects: |
              - objectName: a
                objectType: secretsmanager
                jmesPath:
                  - {path: user.name, objectAlias: a1}
                  - {path: num, objectAlias: a2}
                  - {path: missing, objectAlias: a3}
                  - {path: "null", objectAlias: a4}
              - {objectName: b, objectType: secretsmanager, jmesPath: [{path: x, objectAlias: b1}]}
              - {objectName: c, objectType: secretsmanager, jmesPath: [{path: x, objectAlias: c1}]}
            """
        )
        let said = try await failures(test, text)
        #expect(
            said == [
                "a1 9: jmesPath `user.name` is more than the name of a key, which is all that the "
                    + "local store knows; ",
                "a2 9: Invalid JMES search result type for path:num. Only string is allowed.; ",
                "a3 9: JMES Path - missing for object alias - a3 does not point to a valid object; "
                    + "`tacit secret set a missing=-` makes it",
                "a4 9: JMES Path - null for object alias - a4 does not point to a valid object; "
                    + "`tacit secret set a null=-` makes it",
                "b1 16: Invalid JSON used with jmesPath in secret: b; ",
                "c1 17: JMES Path - x for object alias - c1 does not point to a valid object; "
                    + "`tacit secret set c x=-` makes it",
            ]
        )
    }

    @Test func `an Azure object is the key value, and a history is its newest version`()
        async throws
    {
        let test = try TestStore()
        try test.set("one", ["value": "6869"])
        let files = try await test.fetch(
            classText(
                "azure",
                """
                keyvaultName: kv-1
                tenantId: t
                objects: |
                  array:
                    - "{objectName: one, objectType: secret, objectEncoding: hex}"
                    - "{objectName: one, objectAlias: h, objectType: key, objectVersionHistory: 2}"
                """
            )
        )
        #expect(files.map(\.path) == ["one", "h/0"])
        #expect(files.map(\.content) == ["hi", "6869"])
    }

    @Test func `a GCP secret is found with and without its version`() async throws {
        let test = try TestStore()
        try test.set("projects/p/secrets/s", ["value": #"{"k":"v"}"#])
        try test.set("projects/p/secrets/t/versions/2", ["k": "w"])
        let files = try await test.fetch(
            classText(
                "gcp",
                """
                secrets: |
                  - {resourceName: projects/p/secrets/s/versions/latest, path: a, mode: 0400}
                  - {resourceName: projects/p/secrets/s/versions/1, path: b, extractJSONKey: k}
                  - {resourceName: projects/p/secrets/t/versions/2, path: c, extractYAMLKey: k}
                """
            )
        )
        #expect(files.map(\.content) == [#"{"k":"v"}"#, "v", "w"])
        #expect(files.map(\.mode) == [0o400, 0o644, 0o644])
        let text = classText(
            "gcp",
            """
            secrets: |
              - {resourceName: projects/p/secrets/s/versions/1, path: b, extractJSONKey: x}
              - {resourceName: projects/p/secrets/u/versions/1, path: c}
            """
        )
        let said = try await failures(test, text)
        #expect(
            said == [
                "projects/p/secrets/s/versions/1 9: key 'x' not found in JSON; "
                    + "`tacit secret set projects/p/secrets/s x=-` makes it",
                "projects/p/secrets/u/versions/1 10: no such secret `projects/p/secrets/u`; did you "
                    + "mean `projects/p/secrets/s`? `tacit secret set projects/p/secrets/u value=-` "
                    + "makes it",
            ]
        )
    }

    @Test func `a configured object is the key value of its entry`() async throws {
        let test = try TestStore()
        try test.set("db.password", ["value": "p"])
        let files = try await test.fetch(
            classText("exec", "objects: '[{objectName: a/b, entry: db.password}]'")
        )
        #expect(files.map(\.path) == ["a/b"])
        #expect(files.map(\.content) == ["p"])
    }

    @Test func `a value that is no text cannot be in the JSON of a whole secret`() async throws {
        let test = try TestStore()
        let binary = StoreValue(try LockedBytes(copying: [0xff, 0x00].span))
        _ = try test.store.set("s", ["bin": binary])
        let text = classText("vault", "roleName: r\nobjects: '[{objectName: a, secretPath: s}]'")
        let said = try await failures(test, text)
        #expect(
            said == [
                "a 9: key `bin` of secret `s` is not text, so the whole secret cannot be written as "
                    + "JSON; ask for one key of it"
            ]
        )
    }

    @Test func `the factory gives the embedded store, or says what to do`() throws {
        let factory = SecretStoreFactory(local: try TestStore().store)
        _ = try factory.store(for: "vault", local: true)
        let error = #expect(throws: SecretStoreError.self) {
            _ = try factory.store(for: "aws", local: false)
        }
        #expect(
            error?.description
                == "aws: provider `aws` is not available in this build; run with `--store local`, "
                + "which serves the same class from the embedded store"
        )
    }
}
