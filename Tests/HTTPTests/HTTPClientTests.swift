// SPDX-License-Identifier: Apache-2.0
import Cryptography
import HTTP
import Platform
import TestSupport
import Testing

@Suite("A request")
struct HTTPClientTests {
    @Test("is sent with its method, headers and body, and answered with status, headers and body")
    func exchanges() async throws {
        let server = try FaultyServer()
        let token = SharedLockedBytes(try LockedBytes(copying: Array("t0ken".utf8).span))
        var request = HTTPRequest.quick(
            "\(server.url)/v1/x?version=2",
            method: "POST",
            headers: [HTTPHeader("X-Namespace", "a/b"), HTTPHeader("X-Token", secret: token)],
            body: #"{"jwt":"e"}"#
        )
        request.expectsSecret = false
        let response = try await HTTPClient().send(request)
        #expect(response.status == 200)
        #expect(response["content-type"] == "application/json")
        let sent = try #require(server.requests.first)
        #expect(sent.contains(#""method": "POST", "path": "/v1/x?version=2""#))
        #expect(sent.contains(#""body": "{\"jwt\":\"e\"}""#))
        #expect(sent.contains(#""X-Namespace": "a/b""#) && sent.contains(#""X-Token": "t0ken""#))
        #expect(!sent.contains("Expect"))
        #expect(response.text.contains("/v1/x?version=2"))
    }

    @Test("with its secret in the answer gets it in locked memory")
    func locksBodies() async throws {
        let server = try FaultyServer()
        let response = try await HTTPClient().send(.quick(server.url))
        guard case .locked = response.body else {
            Issue.record("the body lies in ordinary memory")
            return
        }
    }

    @Test("may use any method", arguments: ["GET", "HEAD", "LIST", "PUT", "DELETE", "pOsT"])
    func sendsMethods(_ method: String) async throws {
        let server = try FaultyServer()
        let body = method == "PUT" || method == "pOsT" ? "{}" : nil
        let response = try await HTTPClient().send(.quick(server.url, method: method, body: body))
        #expect(response.status == 200)
        #expect(try #require(server.requests.first).contains("\"method\": \"\(method)\""))
    }

    @Test("of a hundred at once keeps to the client's limit, and all are answered")
    func boundsParallel() async throws {
        let server = try FaultyServer()
        try server.setFaults(#"[{"fault": "slow", "seconds": 0.02, "times": 1000}]"#)
        let client = HTTPClient(transferLimit: 8)
        let url = server.url
        let statuses = try await withThrowingTaskGroup(of: Int.self) { group in
            for number in 0..<100 {
                group.addTask { try await client.send(.quick("\(url)/\(number)")).status }
            }
            return try await group.reduce(into: [Int]()) { $0.append($1) }
        }
        #expect(statuses.count == 100 && statuses.allSatisfy { $0 == 200 })
        let most = server.requests.compactMap { line in
            line.firstMatch(of: /"parallel": ([0-9]+)/).flatMap { Int($0.1) }
        }.max()
        #expect((2...8).contains(try #require(most)))
    }

    @Test(
        "that cannot be sent as it stands is refused by name",
        arguments: [
            ("GET", "file:///etc/passwd", "neither http:// nor https://"),
            ("GET", "http://user:password@localhost/", "a user or a password"),
            ("GET", "http://localhost/a b", "a space"),
            ("GE T", "http://localhost/", "the method"),
            ("GET", "http://localhost/\r\nX-Evil: 1", "a control character"),
        ]
    )
    func refusesMalformed(_ method: String, _ url: String, _ words: String) async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(.quick(url, method: method))
        }
        #expect(error?.code == .malformedRequest)
        #expect(error?.message.contains(words) == true)
        #expect(error?.description.contains("password@") != true || words == "a user or a password")
    }

    @Test("with a line end in a header is refused, and nothing is sent")
    func refusesHeaderInjection() async throws {
        let server = try FaultyServer()
        let request = HTTPRequest.quick(
            server.url,
            headers: [HTTPHeader("X-Vault-Namespace", "a\r\nX-Evil: 1")]
        )
        let error = await #expect(throws: HTTPError.self) { try await HTTPClient().send(request) }
        #expect(error?.code == .malformedRequest)
        #expect(server.requests.isEmpty)
    }

    @Test("follows a redirect only as often as it says")
    func followsRedirects() async throws {
        let server = try FaultyServer()
        let there = server.url + "/there"
        try server.setFaults(
            #"[{"path": "/here", "fault": "redirect", "times": 9, "location": "\#(there)"}]"#
        )
        let client = HTTPClient()
        var request = HTTPRequest.quick("\(server.url)/here")
        let refused = try await client.send(request)
        #expect(refused.status == 307 && refused["Location"] == there)
        request.redirectLimit = 1
        let followed = try await client.send(request)
        #expect(followed.status == 200 && followed.text.contains("/there"))
    }

    @Test("ends with its task, long before its deadline")
    func isCancelled() async throws {
        let server = try FaultyServer()
        try server.setFaults(#"[{"fault": "slow", "seconds": 600}]"#)
        let client = HTTPClient()
        let url = server.url
        let start = ContinuousClock.now
        await withThrowingTaskGroup(of: Void.self) { group in
            group.addTask { _ = try await client.send(.quick(url)) }
            while server.requests.isEmpty { try? await Task.sleep(for: .milliseconds(5)) }
            group.cancelAll()
            let error = await #expect(throws: HTTPError.self) { try await group.next() }
            #expect(error?.code == .cancelled)
        }
        #expect(ContinuousClock.now - start < .seconds(5))
    }
}
