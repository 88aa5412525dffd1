// SPDX-License-Identifier: Apache-2.0
import Secrets
import TestSupport
import Testing

@Suite("A class of provider vault")
struct VaultFetchTests {
    @Test("gets the keys of its objects, its version, its lifetime and the store's request id")
    func fetches() async throws {
        let host = try VaultHost()
        let factory = host.factory(host.access(try host.appRole()))
        let text = host.classText([
            "objectName: user, secretPath: \(host.mount)/data/app, secretKey: username",
            "objectName: dir/password, secretPath: /v1/\(host.mount)/data/app, secretKey: password, filePermission: 0600",
            "objectName: port, secretPath: v1/\(host.mount)/data/app, secretKey: port",
        ])
        let files = try await factory.store(for: "vault", local: false)
            .fetch(try host.request(text))
        #expect(files.map(\.path) == ["user", "dir/password", "port"])
        #expect(files.map(\.version.text) == ["ci-user", "p4ssw0rd-of-app", "5432"])
        #expect(files.map(\.mode) == [0o644, 0o600, 0o644])
        #expect(files.map(\.version.storeVersion) == ["1", "1", "1"])
        #expect(Set(files.map(\.version.requestID)).count == 1)
        #expect(files[0].version.requestID.count == 36)
        #expect(files.allSatisfy { $0.lifetime == nil })
        #expect(host.registrations.map { $0.prefix { $0 != "=" } }.contains("vault-token"))
        #expect(await factory.close().isEmpty)
    }

    @Test("gets an older version by its number, and every path that is read with a query")
    func fetchesVersions() async throws {
        let host = try VaultHost()
        try host.store.write("\(host.mount)/data/app", #"{"data": {"username": "second"}}"#)
        let files = try await host.fetch(
            host.classText([
                "objectName: new, secretPath: \(host.mount)/data/app, secretKey: username",
                "objectName: old, secretPath: \"\(host.mount)/data/app?version=1\", secretKey: username",
            ]),
            as: try host.appRole()
        )
        #expect(files == ["new": "second", "old": "ci-user"])
    }

    @Test("gets keys of the first version of the key-value engine")
    func fetchesFirstVersion() async throws {
        let host = try VaultHost()
        let mount = "\(host.mount)-v1"
        try host.store.write("sys/mounts/\(mount)", #"{"type": "kv", "options": {"version": "1"}}"#)
        try host.store.write("\(mount)/a%20b", #"{"token": "v1-token", "on": true, "n": null}"#)
        try host.store.setPolicy(mount, #"path "\#(mount)/*" { capabilities = ["read"] }"#)
        let files = try await host.fetch(
            host.classText([
                "objectName: token, secretPath: \(mount)/a b, secretKey: token",
                "objectName: flag, secretPath: \(mount)/a b, secretKey: \"on\"",
                "objectName: nothing, secretPath: \(mount)/a b, secretKey: n",
            ]),
            as: try host.appRole(policies: [mount])
        )
        #expect(files == ["token": "v1-token", "flag": "true", "nothing": "null"])
    }

    @Test("gets values decoded as its objects say")
    func decodes() async throws {
        let host = try VaultHost()
        try host.store.write(
            "\(host.mount)/data/app",
            #"{"data": {"b": "aGVsbG8=", "h": "68656c6C6f", "list": [1, {"z": "<", "a": 2.5}]}}"#
        )
        let path = "secretPath: \(host.mount)/data/app"
        let files = try await host.fetch(
            host.classText([
                "objectName: b, \(path), secretKey: b, encoding: base64",
                "objectName: h, \(path), secretKey: h, encoding: HEX",
                "objectName: list, \(path), secretKey: list",
            ]),
            as: try host.appRole()
        )
        #expect(
            files == [
                "b": "hello", "h": "hello", "list": #"[1,{"a":2.5,"z":"\u003c"}]"#,
            ]
        )
        let failures = try await host.failures(
            host.classText(["objectName: h, \(path), secretKey: h, encoding: base64"]),
            host.access(try host.appRole())
        )
        #expect(failures.count == 1)
        #expect(failures.first?.contains("is not base64, as the object's encoding says") == true)
    }

    @Test(
        "gets a whole secret as the provider writes it, and the same one again while it is unchanged"
    )
    func fetchesWhole() async throws {
        let host = try VaultHost()
        let factory = host.factory(host.access(try host.appRole()))
        let request = try host.request(
            host.classText(["objectName: all, secretPath: \(host.mount)/data/app"])
        )
        let store = try factory.store(for: "vault", local: false)
        let first = try await store.fetch(request)[0].version
        let second = try await store.fetch(request)[0].version
        #expect(first === second)
        let head = #"{"request_id":"\#(first.requestID)","lease_id":"","lease_duration":0,"#
        #expect(first.text.hasPrefix(head + #""renewable":false,"data":{"data":{"password":"#))
        #expect(first.text.hasSuffix(#""version":1}},"warnings":null}"#))
        try host.store.write("\(host.mount)/data/app", #"{"data": {"username": "x"}}"#)
        let third = try await store.fetch(request)[0].version
        #expect(third !== first && third.number == 2 && third.storeVersion == "2")
        #expect(await factory.close().isEmpty)
    }

    @Test("asks for each secret once, and for each set of arguments by itself")
    func sharesAnswers() async throws {
        let host = try VaultHost()
        let proxy = try FaultyServer(
            upstream: host.store.url,
            upstreamAuthority: host.store.authority
        )
        try host.store.write("sys/mounts/\(host.mount)-t", #"{"type": "transit"}"#)
        try host.store.write("\(host.mount)-t/keys/k")
        try host.store.setPolicy(
            host.mount,
            #"path "\#(host.mount)*" { capabilities = ["read", "update"] }"#
        )
        let sum = { (name: String, text: String) in
            "objectName: \(name), secretPath: \(host.mount)-t/hash/sha2-256, secretKey: sum, method: POST, secretArgs: {input: \(text)}"
        }
        let text = host.classText([
            sum("one", "aGVsbG8="), sum("two", "d29ybGQ="), sum("again", "aGVsbG8="),
            "objectName: a, secretPath: \(host.mount)/data/app, secretKey: username",
            "objectName: b, secretPath: v1/\(host.mount)/data/app, secretKey: password",
        ])
        let factory = host.factory(host.access(try host.appRole(), url: proxy.url))
        let files = try await factory.store(for: "vault", local: false)
            .fetch(try host.request(text)).map(\.version.text)
        #expect(files[0].hasPrefix("2cf24dba") && files[1].hasPrefix("486ea462"))
        #expect(files[2] == files[0])
        #expect(proxy.requests.count { $0.contains("/hash/") } == 2)
        #expect(proxy.requests.count { $0.contains("/data/app") } == 1)
        #expect(await factory.close().isEmpty)
    }

    @Test("asks in its namespace, for the login too")
    func usesNamespace() async throws {
        let host = try VaultHost()
        let proxy = try FaultyServer()
        let identity = host.identity("token", ["tokenFile": try host.file("t", "x")])
        _ = try await host.failures(
            host.classText(
                ["objectName: a, secretPath: kv/data/app, secretKey: k"],
                parameters: "vaultNamespace: /team/a/"
            ),
            host.access(identity, url: proxy.url)
        )
        let request = try #require(proxy.requests.first)
        #expect(request.contains(#""X-Vault-Namespace": "team/a""#))
        #expect(request.contains(#""path": "/v1/kv/data/app""#))
    }

    @Test("of provider openbao knows its parameters under each of its prefixes")
    func readsOpenBao() async throws {
        let host = try VaultHost()
        let object = "  - {objectName: u, secretPath: \(host.mount)/data/app, secretKey: username}"
        for prefix in ["bao", "openbao", "vault"] {
            let text = SecretsTests.classText(
                "openbao",
                "\(prefix)Address: \(host.store.url)\nroleName: ci\nobjects: |\n\(object)"
            )
            let files = try await host.fetch(text, as: try host.appRole())
            #expect(files == ["u": "ci-user"])
        }
    }

    @Test("is asked without reading whether it would be served")
    func checks() async throws {
        let host = try VaultHost()
        let proxy = try FaultyServer(
            upstream: host.store.url,
            upstreamAuthority: host.store.authority
        )
        let factory = host.factory(host.access(try host.appRole(), url: proxy.url))
        let store = try factory.store(for: "vault", local: false)
        let good =
            "objectName: u, secretPath: \(host.mount)/data/app?version=1, secretKey: username"
        try await store.check(try host.request(host.classText([good])))
        let error = await #expect(throws: SecretStoreError.self) {
            try await store.check(
                try host.request(
                    host.classText([
                        good, "objectName: k, secretPath: \(host.mount)/data/kube, secretKey: x",
                    ])
                )
            )
        }
        #expect(error?.failures.map(\.object) == ["k"])
        #expect(error?.failures.first?.message.contains("may not read") == true)
        #expect(!proxy.requests.contains { $0.contains("/data/") && $0.contains("GET") })
        #expect(await factory.close().isEmpty)
    }
}
