// SPDX-License-Identifier: Apache-2.0
import JSON
import Secrets
import TestSupport
import Testing

/// What the providers' own tests and examples say of answers and the files that they make.
///
/// Source: openbao-csi-provider, `internal/provider/provider_test.go` and `test/bats/configs`. Two faults of
/// the providers are not copied: there objects that differ in `secretArgs` alone get the first one's answer
/// (see `VaultRead`), and each poll makes a new lease (see `VaultSession.read`).
@Suite("An answer of the store")
struct ProviderCaseTests {
    private struct Case {
        var object: String
        /// The answer's `data`.
        var data: String
        /// The file's content; `nil` for a failure.
        var content: String?
        var failure = ""
    }

    private static let cases = [
        Case(object: "secretKey: foo", data: #"{"foo": "bar", "baz": "zap"}"#, content: "bar"),
        Case(
            object: "secretKey: data",
            data: #"{"foo": "bar", "data": "hello"}"#,
            content: "hello"
        ),
        Case(object: "secretKey: foo", data: #"{"data": {"foo": "bar"}}"#, content: "bar"),
        Case(object: "secretKey: foo", data: #"{"foo": 10, "baz": "zap"}"#, content: "10"),
        Case(
            object: "secretKey: foo",
            data: #"{"data": {"foo": {"cheeses": {"brie": 9, "cheddar": "8"}, "bar": "hop"}}}"#,
            content: #"{"bar":"hop","cheeses":{"brie":9,"cheddar":"8"}}"#
        ),
        Case(
            object: "secretKey: values",
            data: #"{"values": [6, "stilton", true, null, 1.50e3]}"#,
            content: #"[6,"stilton",true,null,1.50e3]"#
        ),
        Case(object: "secretKey: k, encoding: utf-8", data: #"{"k": "aGk="}"#, content: "aGk="),
        Case(object: "secretKey: k, encoding: Base64", data: #"{"k": "aGk="}"#, content: "hi"),
        Case(object: "secretKey: k, encoding: hex", data: #"{"k": "6869"}"#, content: "hi"),
        Case(
            object: "encoding: base64",
            data: #"{"the-key": "a<b"}"#,
            content:
                #"{"request_id":"","lease_id":"","lease_duration":0,"renewable":false,"data":{"the-key":"a\u003cb"},"warnings":null}"#
        ),
        Case(
            object: "secretKey: non-existing",
            data: #"{"foo": "bar"}"#,
            failure: "key \"non-existing\" does not exist at the secret path"
        ),
        Case(
            object: "secretKey: foo",
            data: #"{"data": {"baz": "zap"}, "foo": "outside"}"#,
            failure: "key \"foo\" does not exist at the secret path"
        ),
        Case(
            object: "secretKey: k, encoding: hex",
            data: #"{"k": "no hex"}"#,
            failure: "key `k` is not hex, as the object's encoding says"
        ),
        Case(object: "secretKey: k", data: "null", failure: "key \"k\" does not exist"),
    ]

    private func serve(_ cases: [Case]) async throws -> (host: VaultHost, access: StoreAccess) {
        let server = try FaultyServer()
        let host = try VaultHost()
        let faults = cases.enumerated().map { number, item in
            JSONValue.object([
                "path": .string("/case/\(number)$"), "fault": .string("status"),
                "status": .number("200"), "times": .number("9"),
                "body": .string("{\"data\": \(item.data)}"),
            ])
        }
        try server.setFaults(String(decoding: JSONValue.array(faults).serialize(), as: UTF8.self))
        let identity = host.identity("token", ["tokenFile": try host.file("t", "tok")])
        // The server lives as long as the host.
        host.keep(server)
        return (host, host.access(identity, url: server.url))
    }

    private func objects(_ cases: [Case]) -> [String] {
        cases.enumerated().map { number, item in
            "objectName: o\(number), secretPath: case/\(number), \(item.object)"
        }
    }

    @Test("becomes the file that the provider makes of it")
    func makesFiles() async throws {
        let cases = Self.cases.filter { $0.content != nil }
        let (host, access) = try await serve(cases)
        let factory = host.factory(access)
        let files = try await factory.store(for: "vault", local: false)
            .fetch(try host.request(host.classText(objects(cases))))
        #expect(files.map(\.version.text) == cases.compactMap(\.content))
    }

    @Test("that has not what is asked for is refused in the provider's words")
    func refuses() async throws {
        let cases = Self.cases.filter { $0.content == nil }
        let (host, access) = try await serve(cases)
        let failures = try await host.failures(host.classText(objects(cases)), access)
        #expect(failures.count == cases.count)
        for (failure, item) in zip(failures, cases) { #expect(failure.contains(item.failure)) }
    }
}
