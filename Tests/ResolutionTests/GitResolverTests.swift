// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Git
import Tekton
import TestSupport
import Testing

@testable import Resolution

/// Against a real git server over TLS, which wants a token.
@Suite("References through the resolver git")
struct GitResolverTests {
    private let cluster: SandboxCluster
    private let cache: TemporaryDirectory

    init() throws {
        _ = SecureHeap.open()
        cluster = try SandboxCluster()
        cache = try TemporaryDirectory()
        // Tekton sends the token with the user `git`.
        let script = "sed -i s/^oauth2:/git:/ '\(cluster.directory.path("web/git.passwords"))'"
        #expect(try Command(["/bin/sh", "-c", script]).run().exitCode == 0)
    }

    private var origin: String { "https://localhost:\(cluster.port)" }

    private func resolve(
        _ path: String,
        revision: String = "main",
        allowing addresses: Set<String>
    ) async throws -> ResolvedSource {
        let token = try cluster.secret("token")
        var access = GitAccess()
        access.tls.authorityFile = cluster.authority
        let settings = ResolverSettings(
            credentialAddresses: addresses,
            gitAccess: access,
            gitDirectory: cache.path
        ) { _, name, key in
            guard name == "forge", key == "token",
                let bytes = try? LockedBytes(copying: Array(token.utf8).span)
            else { return nil }
            return SharedLockedBytes(bytes)
        }
        let params = [
            "url": "\(origin)/timespan.git", "revision": revision, "pathInRepo": path,
            "gitToken": "forge",
        ]
        return try await ReferenceResolver(settings: settings, cluster: ClusterDocuments())
            .resolve(
                ReferenceRequest(kind: .task, resolver: "git", params: params, namespace: "n")
            )
    }

    private func git(_ arguments: String...) throws -> String {
        let place = cluster.directory.path("git/timespan.git")
        let command = ["git", "-c", "safe.directory=*", "--git-dir", place] + arguments
        return try Command(command).run().output
    }

    @Test func `a file comes with the commit that it is of`() async throws {
        let source = try await resolve("test.sh", allowing: [origin])
        #expect(String(decoding: source.bytes, as: UTF8.self) == (try git("show", "main:test.sh")))
        let commit = try git("rev-parse", "main").split(separator: "\n").first.map(String.init)
        #expect(source.source.uri == "git+\(origin)/timespan.git")
        #expect(source.source.digests == ["sha1": try #require(commit)])
        #expect(source.source.entryPoint == "test.sh")
        let same = try await resolve(
            "test.sh",
            revision: try #require(commit),
            allowing: [origin]
        )
        #expect(same.bytes == source.bytes)
    }

    @Test func `nothing of the token is sent, said or kept where it was not allowed`() async throws
    {
        let token = try cluster.secret("token")
        for (path, revision, addresses, kind) in [
            ("test.sh", "main", [], ResolutionError.Kind.forbidden),
            ("nosuch", "main", [origin], .source), ("test.sh", "nosuch", [origin], .source),
        ] {
            let error = await #expect(throws: ResolutionError.self) {
                try await resolve(path, revision: revision, allowing: Set(addresses))
            }
            #expect(error?.kind == kind && error?.message.contains(token) == false)
        }
        let found = try Command(["grep", "-rlF", token, cache.path]).run()
        #expect(found.exitCode == 1, "\(found)")
        let left = try Command(["ls", cache.path]).run().output
        #expect(!left.contains("resolve-"), "\(left)")
    }
}
