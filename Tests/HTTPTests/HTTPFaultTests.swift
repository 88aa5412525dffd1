// SPDX-License-Identifier: Apache-2.0
import HTTP
import TestSupport
import Testing

@Suite("A server that fails")
struct HTTPFaultTests {
    @Test(
        "with a passing failure is asked again, and answers",
        arguments: [
            #"{"fault": "status", "status": 429, "headers": {"Retry-After": "0"}, "times": 2}"#,
            #"{"fault": "status", "status": 503, "times": 2}"#,
            #"{"fault": "status", "status": 500}"#,
            #"{"fault": "status", "status": 502}"#,
            #"{"fault": "close"}"#,
            #"{"fault": "truncate"}"#,
        ]
    )
    func isAskedAgain(_ fault: String) async throws {
        let server = try FaultyServer()
        try server.setFaults("[\(fault)]")
        let response = try await HTTPClient().send(.quick(server.url))
        #expect(response.status == 200)
        #expect(response.attempts == server.requests.count && response.attempts >= 2)
    }

    @Test("with a refusal is not asked again", arguments: [400, 401, 403, 404, 405, 501])
    func isNotAskedAgain(_ status: Int) async throws {
        let server = try FaultyServer()
        try server.setFaults(
            #"[{"fault": "status", "status": \#(status), "body": "no", "times": 9}]"#
        )
        let response = try await HTTPClient().send(.quick(server.url))
        #expect(response.status == status && response.text == "no")
        #expect(server.requests.count == 1)
    }

    @Test(
        "is not asked again for what may have been done already",
        arguments: ["close", "truncate"]
    )
    func doesNotRepeat(_ fault: String) async throws {
        let server = try FaultyServer()
        try server.setFaults(#"[{"fault": "\#(fault)"}]"#)
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(.quick(server.url, method: "POST", body: "{}"))
        }
        #expect(error?.code == (fault == "close" ? .interrupted : .truncated))
        #expect(server.requests.count == 1)
    }

    @Test("for good is given up, with its last answer")
    func isGivenUp() async throws {
        let server = try FaultyServer()
        try server.setFaults(
            #"[{"fault": "status", "status": 503, "body": "sealed", "times": 99}]"#
        )
        let response = try await HTTPClient().send(.quick(server.url))
        #expect(response.status == 503 && response.text == "sealed")
        #expect(server.requests.count == 4)
    }

    @Test("is left alone as long as it asks for, but not beyond the deadline")
    func respectsRetryAfter() async throws {
        let server = try FaultyServer()
        let fault = #"{"fault": "status", "status": 429, "headers": {"Retry-After": "1"}}"#
        try server.setFaults("[\(fault)]")
        let start = ContinuousClock.now
        let response = try await HTTPClient().send(.quick(server.url))
        #expect(response.status == 200)
        #expect(ContinuousClock.now - start >= .seconds(1))

        let patient = try FaultyServer()
        try patient.setFaults(
            #"[{"fault": "status", "status": 503, "headers": {"Retry-After": "3600"}}]"#
        )
        let refused = try await HTTPClient().send(.quick(patient.url))
        #expect(refused.status == 503 && patient.requests.count == 1)
    }

    @Test(
        "to answer is waited for until the deadline, and no longer",
        arguments: ["slow", "stall"]
    )
    func meetsDeadline(_ fault: String) async throws {
        let server = try FaultyServer()
        try server.setFaults(#"[{"fault": "\#(fault)", "seconds": 600, "times": 9}]"#)
        var request = HTTPRequest.quick(server.url)
        request.deadline = .seconds(1)
        let start = ContinuousClock.now
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(request)
        }
        #expect(error?.code == .timedOut)
        #expect(ContinuousClock.now - start < .seconds(3))
    }

    @Test("and stalls once is asked again in time")
    func outlivesStall() async throws {
        let server = try FaultyServer()
        try server.setFaults(#"[{"fault": "stall", "seconds": 600}]"#)
        var request = HTTPRequest.quick(server.url)
        request.retries.attemptDeadline = .seconds(1)
        #expect(try await HTTPClient().send(request).status == 200)
    }

    @Test("with something that is no HTTP is an error")
    func refusesGarbage() async throws {
        let server = try FaultyServer()
        try server.setFaults(#"[{"fault": "garbage", "times": 9}]"#)
        await #expect(throws: HTTPError.self) { try await HTTPClient().send(.quick(server.url)) }
    }

    @Test("with too large an answer is an error")
    func boundsAnswers() async throws {
        let server = try FaultyServer()
        let body = String(repeating: "x", count: 5000)
        try server.setFaults(#"[{"fault": "status", "status": 200, "body": "\#(body)"}]"#)
        var request = HTTPRequest.quick(server.url)
        request.responseByteLimit = 4096
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(request)
        }
        #expect(error?.code == .tooLarge)
        #expect(server.requests.count == 1)
    }

    @Test("by not being there is named, with its address and without its query")
    func namesRefusal() async throws {
        let error = await #expect(throws: HTTPError.self) {
            try await HTTPClient().send(.quick("http://127.0.0.1:1/v1/x?token=hidden"))
        }
        #expect(error?.code == .cannotConnect)
        #expect(error?.description.hasPrefix("GET http://127.0.0.1:1/v1/x: ") == true)
        #expect(error?.description.contains("hidden") == false)
    }
}
