// SPDX-License-Identifier: Apache-2.0
import Secrets
import TestSupport
import Testing

@Suite("A store that fails or refuses")
struct VaultFaultTests {
    private func proxy(_ host: VaultHost) throws -> FaultyServer {
        try FaultyServer(upstream: host.store.url, upstreamAuthority: host.store.authority)
    }

    private func text(_ host: VaultHost) -> String {
        host.classText(["objectName: u, secretPath: \(host.mount)/data/app, secretKey: username"])
    }

    @Test(
        "for a moment is asked again",
        arguments: [
            #"{"path": "/data/", "fault": "status", "status": 429, "headers": {"Retry-After": "0"}}"#,
            #"{"path": "/data/", "fault": "status", "status": 500, "body": "{}"}"#,
            #"{"path": "/data/", "fault": "status", "status": 503}"#,
            #"{"path": "/data/", "fault": "close"}"#,
            #"{"path": "/data/", "fault": "truncate"}"#,
            #"{"path": "/login", "fault": "status", "status": 503}"#,
        ]
    )
    func isAskedAgain(_ fault: String) async throws {
        let host = try VaultHost()
        let proxy = try proxy(host)
        try proxy.setFaults("[\(fault)]")
        let access = host.access(try host.appRole(), url: proxy.url)
        #expect(try await host.failures(text(host), access) == ["served [\"u\"]"])
    }

    @Test(
        "says why, with the object, its place and the store's own words",
        arguments: [
            (
                #"{"path": "/data/", "fault": "status", "status": 403, "times": 9, "body": "{\"errors\": [\"1 error occurred:\\n\\t* permission denied\\n\\n\"]}"}"#,
                "u 12: 1 error occurred: * permission denied (status 403)"
            ),
            (
                #"{"path": "/data/", "fault": "status", "status": 503, "times": 9, "body": "{\"errors\": [\"Vault is sealed\"]}"}"#,
                "u 12: Vault is sealed (status 503); unseal it: `bao operator unseal` or `vault operator unseal`"
            ),
            (
                #"{"path": "/data/", "fault": "status", "status": 429, "times": 9, "body": "{\"errors\": [\"rate limit quota exceeded\"]}"}"#,
                "u 12: rate limit quota exceeded (status 429)"
            ),
            (
                #"{"path": "/data/", "fault": "status", "status": 404, "times": 9, "body": "{\"errors\": []}"}"#,
                "u 12: there is nothing at `MOUNT/data/app` (status 404)"
            ),
            (
                #"{"path": "/data/", "fault": "status", "status": 200, "times": 9, "body": "{\"data\": {\"us"}"#,
                "u 12: its answer (status 200) is no JSON at byte 13: a string does not end"
            ),
            (
                #"{"path": "/data/", "fault": "status", "status": 500, "times": 9, "body": "<html>"}"#,
                "u 12: its answer (status 500) is no JSON at byte 0: no JSON value starts so"
            ),
            (
                #"{"path": "/data/", "fault": "redirect", "times": 9, "location": "https://elsewhere:8200/v1/x"}"#,
                "u 12: it sends us elsewhere (https://elsewhere:8200), where no identity is taken; name the active server in `endpoints` of your configuration"
            ),
            (
                #"{"path": "/login", "fault": "status", "status": 400, "times": 9, "body": "{\"errors\": [\"invalid role or secret ID\"]}"}"#,
                " 1: class `test`: login as `cicd/build-sa` by approle at `auth/approle`: invalid role or secret ID (status 400)"
            ),
        ]
    )
    func saysWhy(_ fault: String, _ words: String) async throws {
        let host = try VaultHost()
        let proxy = try proxy(host)
        try proxy.setFaults("[\(fault)]")
        let access = host.access(try host.appRole(), url: proxy.url)
        let failures = try await host.failures(text(host), access)
        #expect(failures == [words.replacing("MOUNT", with: host.mount)])
    }

    @Test("by not being there, being slow or being another one, is named within the deadline")
    func namesTransport() async throws {
        let host = try VaultHost()
        let identity = try host.appRole()
        var access = host.access(identity, url: "https://127.0.0.1:1")
        access.deadline = .seconds(2)
        let refused = try await host.failures(text(host), access)
        #expect(refused.count == 1 && refused[0].contains("127.0.0.1:1/v1/auth/approle/login: "))

        let proxy = try proxy(host)
        try proxy.setFaults(#"[{"fault": "slow", "seconds": 9, "times": 9}]"#)
        access = host.access(identity, url: proxy.url)
        access.deadline = .seconds(1)
        let start = ContinuousClock.now
        let slow = try await host.failures(text(host), access)
        #expect(slow.count == 1 && slow[0].contains("timed out"))
        #expect(ContinuousClock.now - start < .milliseconds(8500))

        let authority = try TestAuthority()
        let other = try authority.sign("other", alternatives: "DNS:other.example")
        let wrong = try FaultyServer(identity: other)
        access = host.access(identity, url: wrong.url)
        access.endpoints[0].authorityFile = authority.certificate
        let failures = try await host.failures(text(host), access)
        #expect(failures.count == 1 && failures[0].contains("localhost"))
        #expect(failures[0].contains("`endpoints` in your configuration says which authority"))
        #expect(wrong.requests.isEmpty)
    }

    @Test("tells its three kinds of missing secrets apart")
    func tellsMissing() async throws {
        let host = try VaultHost()
        let mount = host.mount
        try host.store.write("\(mount)/data/gone", #"{"data": {"a": "b"}}"#)
        try host.store.call("DELETE", "\(mount)/data/gone")
        try host.store.setPolicy(mount, #"path "\#(mount)/*" { capabilities = ["read"] }"#)
        let failures = try await host.failures(
            host.classText([
                "objectName: nothing, secretPath: \(mount)/data/nothing, secretKey: a",
                "objectName: path, secretPath: \(mount)/app, secretKey: a",
                "objectName: gone, secretPath: \(mount)/data/gone, secretKey: a",
                "objectName: key, secretPath: \(mount)/data/app, secretKey: user",
                "objectName: ok, secretPath: \(mount)/data/app, secretKey: username",
            ]),
            host.access(try host.appRole())
        )
        #expect(failures.count == 4)
        #expect(
            failures[0] == "nothing 12: there is nothing at `\(mount)/data/nothing` (status 404)"
        )
        #expect(failures[1].contains("Invalid path for a versioned K/V secrets engine"))
        #expect(failures[1].hasSuffix("; the path is `\(mount)/data/app`, most likely"))
        #expect(
            failures[2].contains("gone 14: version 1 of `\(mount)/data/gone` was deleted at 20")
        )
        #expect(
            failures[3] == "key 15: key \"user\" does not exist at the secret path; it has "
                + "`password`, `port`, `username`"
        )
    }

    @Test("is asked twice for a token that has ended, and once for a refusal")
    func tellsEndedFromRefused() async throws {
        let host = try VaultHost()
        let proxy = try proxy(host)
        let factory = host.factory(host.access(try host.appRole(), url: proxy.url))
        let store = try factory.store(for: "vault", local: false)
        let request = try host.request(text(host))
        _ = try await store.fetch(request)
        let token = try #require(
            host.registrations.first { $0.hasPrefix("vault-token=") }?.dropFirst(12)
        )
        try host.store.write("auth/token/revoke", #"{"token": "\#(token)"}"#)
        #expect(try await store.fetch(request).map(\.version.text) == ["ci-user"])
        #expect(proxy.requests.count { $0.contains("/login") } == 2)

        let denied = try host.request(
            host.classText(["objectName: k, secretPath: \(host.mount)/data/kube, secretKey: x"])
        )
        let before = proxy.requests.count { $0.contains("/data/kube") }
        await #expect(throws: SecretStoreError.self) { try await store.fetch(denied) }
        #expect(proxy.requests.count { $0.contains("/data/kube") } == before + 1)
        #expect(proxy.requests.count { $0.contains("/login") } == 2)
        _ = await factory.close()
    }
}
