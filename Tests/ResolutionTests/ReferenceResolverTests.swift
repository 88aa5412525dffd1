// SPDX-License-Identifier: Apache-2.0
import Cryptography
import JSON
import Tekton
import TestSupport
import Testing

@testable import Resolution

/// Against real servers on loopback.
@Suite("References through resolvers")
struct ReferenceResolverTests {
    private let server: FaultyServer
    private let directory: TemporaryDirectory

    init() throws {
        _ = SecureHeap.open()
        server = try FaultyServer()
        directory = try TemporaryDirectory()
    }

    private func resolve(
        _ resolver: String,
        _ params: [String: String],
        kind: ReferenceRequest.Kind = .task,
        allowing addresses: Set<String> = []
    ) async throws -> ResolvedSource {
        let settings = ResolverSettings(
            artifactHub: server.url + "/",
            tektonHub: server.url,
            credentialAddresses: addresses,
            gitDirectory: directory.path
        ) { _, name, key in
            guard name == "token", key == "password",
                let bytes = try? LockedBytes(copying: Array("pass-1".utf8).span)
            else { return nil }
            return SharedLockedBytes(bytes)
        }
        var cluster = ClusterDocuments()
        cluster.add(.task, "t", in: "n", .object(["kind": .string("Task")]))
        return try await ReferenceResolver(settings: settings, cluster: cluster).resolve(
            ReferenceRequest(kind: kind, resolver: resolver, params: params, namespace: "n")
        )
    }

    private func refusal(_ resolver: String, _ params: [String: String]) async -> ResolutionError? {
        await #expect(throws: ResolutionError.self) { try await resolve(resolver, params) }
    }

    private func serve(_ answers: [(path: String, body: String)]) throws {
        let faults = answers.map { path, body in
            JSONValue.object([
                "path": .string(path), "fault": .string("status"), "status": .integer(200),
                "times": .integer(100),
                "body": .string(body),
            ])
        }
        try server.setFaults(String(decoding: JSONValue.array(faults).serialize(), as: UTF8.self))
    }

    @Test func `http fetches a file, and says where it came from with its digest`() async throws {
        try serve([("/task.yaml", "kind: Task\n")])
        let url = server.url + "/task.yaml"
        let digest = "1d5b9a4c"
        let source = try await resolve("http", ["url": url])
        #expect(source.bytes == Array("kind: Task\n".utf8))
        #expect(source.source.uri == url && source.source.digests["sha256"]?.count == 64)
        let known = try #require(source.source.digests["sha256"])
        _ = try await resolve("http", ["url": url, "digest": "sha256:\(known)"])
        let error = await refusal("http", ["url": url, "digest": "sha256:\(digest)"])
        #expect(error?.message.contains("expected length: 64, got: 8") == true)
    }

    @Test func `http refuses in Tekton's words`() async throws {
        #expect(await refusal("http", [:])?.message == "missing required http resolver params: url")
        let file = await refusal("http", ["url": "file:///etc/passwd"])
        #expect(file?.message == "url file:///etc/passwd is not a valid http(s) url")
        try server.setFaults(
            #"[{"path": "", "fault": "status", "status": 404, "body": "", "times": 100}]"#
        )
        let missing = await refusal("http", ["url": server.url + "/x"])
        #expect(missing?.message == "requested URL '\(server.url)/x' is not found")
        #expect(missing?.kind == .source)
    }

    @Test
    func `a Secret goes to an address that the user allows, to no other, and to no redirect's`()
        async throws
    {
        let params = [
            "url": server.url + "/a", "http-username": "ann", "http-password-secret": "token",
        ]
        let refused = await refusal("http", params)
        #expect(refused?.kind == .forbidden && server.requests.isEmpty)
        try server.setFaults(
            #"[{"path": "/a", "fault": "redirect", "location": "/b"}]"#
        )
        _ = try await resolve("http", params, allowing: [server.url])
        #expect(server.requests.count == 2)
        #expect(server.requests[0].contains("Basic YW5uOnBhc3MtMQ=="))
        #expect(!server.requests[1].contains("Basic"))
    }

    @Test(arguments: [
        "http://169.254.169.254/latest", "http://[fd00:ec2::254]/", "http://2852039166/",
        "http://metadata.google.internal/x", "http://0xa9fea9fe/",
    ])
    func `where a cloud hands out identities nothing is asked`(url: String) async throws {
        #expect(await refusal("http", ["url": url])?.kind == .forbidden)
        let redirect = JSONValue.array([
            .object([
                "path": .string(""), "fault": .string("redirect"), "location": .string(url),
                "times": .integer(100),
            ])
        ])
        try server.setFaults(String(decoding: redirect.serialize(), as: UTF8.self))
        #expect(await refusal("http", ["url": server.url])?.kind == .forbidden)
    }

    @Test func `hub asks Artifact Hub, with the latest version that a constraint allows`()
        async throws
    {
        try serve([
            (
                "/api/v1/packages/tekton-task/tekton-catalog-tasks/git-clone/0.9.0$",
                #"{"manifestRaw": "kind: Task"}"#
            ),
            (
                "/api/v1/packages/tekton-task/tekton-catalog-tasks/git-clone$",
                #"{"available_versions": [{"version": "0.10.0", "prerelease": true}, {"version": "0.8.0"}, {"version": "0.9.0"}, {"version": "1.0.0"}]}"#
            ),
        ])
        let source = try await resolve("hub", ["name": "git-clone", "version": ">= 0.8, < 1.0"])
        #expect(source.bytes == Array("kind: Task".utf8))
        #expect(source.source.uri.hasSuffix("/git-clone/0.9.0"))
        let exact = try await resolve("hub", ["name": "git-clone", "version": "0.9"])
        #expect(exact.source.uri == source.source.uri)
        #expect(
            await refusal("hub", ["name": "x"])?.message
                == "failed to validate params: missing required hub resolver params: version"
        )
        let gone = await refusal("hub", ["name": "git-clone", "version": "2.0"])
        #expect(gone?.message == "no version found for constraint 2.0")
    }

    @Test func `hub asks a Tekton Hub where there is one`() async throws {
        try serve([
            ("/v1/resource/Tekton/task/x$", #"{"data": {"versions": [{"version": "0.2"}]}}"#),
            ("/v1/resource/Tekton/task/x/0.2/yaml$", #"{"data": {"yaml": "kind: Task"}}"#),
        ])
        let source = try await resolve("hub", ["name": "x", "version": "0.2.0", "type": "tekton"])
        #expect(source.bytes == Array("kind: Task".utf8))
    }

    @Test func `cluster is the files at hand`() async throws {
        let source = try await resolve("cluster", ["kind": "task", "name": "t"])
        #expect(source.source.uri == "/apis/tekton.dev/v1/namespaces/n/task/t@")
        let missing = await refusal("cluster", ["kind": "task", "name": "t", "namespace": "other"])
        #expect(missing?.message == "no task `t` in namespace `other` among the files")
    }

    @Test func `git takes no directory of the host, no password and no way out of the repository`()
        async throws
    {
        for url in ["/srv/repo", "file:///srv/repo", "https://ann:pw@host/repo.git"] {
            let error = await refusal("git", ["url": url, "pathInRepo": "a"])
            #expect(error?.kind == .forbidden && error?.message.contains("pw") == false)
        }
        let path = await refusal("git", ["url": "https://h/r", "pathInRepo": "../x"])
        #expect(path?.message == "invalid path: ../x")
        let token = await refusal(
            "git",
            ["url": "https://h/r", "pathInRepo": "x", "gitToken": "token"]
        )
        #expect(token?.kind == .forbidden)
    }

    @Test func `bundles and unknown resolvers are refused by name`() async {
        #expect(await refusal("bundles", [:])?.message.contains("needs a registry") == true)
        #expect(await refusal("nosuch", [:])?.message.contains("`cluster`, `git`") == true)
    }

    @Test(arguments: [
        ("1.2.3", "1.2.3", true), ("1.2", "1.2.0", true), ("!= 1.0", "1.0.0", false),
        ("~> 1.2", "1.9.0", true), ("~> 1.2.3", "1.3.0", false), ("~> 1.2.3", "1.2.9", true),
        (">1, <2", "1.0.1", true), (">= 1.0", "1.1.0-rc1", false), ("<= 0.10.0", "0.9.0", true),
    ])
    func `a constraint allows what it says`(
        constraint: String,
        version: String,
        allows: Bool
    ) throws {
        let read = try #require(VersionConstraint(constraint))
        #expect(read.allows(try #require(HubVersion(version))) == allows)
    }

    @Test(arguments: ["latest", "", ">= x", "1..2", "=> 1"])
    func `a text that is no constraint is a version's name`(text: String) {
        #expect(VersionConstraint(text) == nil)
    }
}
