// SPDX-License-Identifier: Apache-2.0
import HTTP
import TestSupport
import Testing

@Suite("A server over TLS")
struct HTTPServerTests {
    let authority: TestAuthority
    let identity: TestAuthority.Identity

    init() throws {
        authority = try TestAuthority()
        identity = try authority.sign("localhost", alternatives: "DNS:localhost,IP:127.0.0.1")
    }

    private func request(_ url: String) -> HTTPRequest {
        var request = HTTPRequest.quick(url)
        request.server.authorityFile = authority.certificate
        return request
    }

    @Test("is trusted by the authority that is named, and by no other")
    func checksAuthority() async throws {
        let server = try FaultyServer(identity: identity)
        let client = HTTPClient()
        #expect(try await client.send(request(server.url)).status == 200)
        let error = await #expect(throws: HTTPError.self) {
            try await client.send(.quick(server.url))
        }
        #expect(error?.code == .notTrusted)
        #expect(server.requests.count == 1)
    }

    @Test("is reached elsewhere, and must still have the name in the address")
    func checksName() async throws {
        let server = try FaultyServer(identity: identity)
        var elsewhere = request("https://localhost:8200/v1/x")
        elsewhere.server.connectsTo = "127.0.0.1:\(server.port)"
        #expect(try await HTTPClient().send(elsewhere).status == 200)

        var wrong = request("https://vault.vault.svc.cluster.local:8200/v1/x")
        wrong.server.connectsTo = "127.0.0.1:\(server.port)"
        let error = await #expect(throws: HTTPError.self) { try await HTTPClient().send(wrong) }
        #expect(error?.code == .notTrusted)
        #expect(error?.message.contains("vault.vault.svc.cluster.local") == true)
        #expect(server.requests.count == 1)
    }

    @Test("that asks who is there is shown the certificate")
    func showsCertificate() async throws {
        let server = try FaultyServer(identity: identity, clientAuthority: authority.certificate)
        let client = try authority.sign("build-sa")
        var known = request(server.url)
        known.server.certificateFile = client.certificate
        known.server.keyFile = client.key
        #expect(try await HTTPClient().send(known).status == 200)
        await #expect(throws: HTTPError.self) { try await HTTPClient().send(request(server.url)) }
    }

    @Test("is never sent in clear what was asked over TLS")
    func refusesDowngrade() async throws {
        let plain = try FaultyServer()
        let server = try FaultyServer(identity: identity)
        try server.setFaults(#"[{"fault": "redirect", "location": "\#(plain.url)/x"}]"#)
        var request = request(server.url)
        request.redirectLimit = 5
        await #expect(throws: HTTPError.self) { try await HTTPClient().send(request) }
        #expect(plain.requests.isEmpty)
    }

    @Test("behind a proxy is asked through it")
    func usesProxy() async throws {
        let proxy = try FaultyServer()
        var request = HTTPRequest.quick("http://store.example:8200/v1/x")
        request.server.proxy = .url(proxy.url)
        #expect(try await HTTPClient().send(request).status == 200)
        #expect(try #require(proxy.requests.first).contains("http://store.example:8200/v1/x"))
    }
}
