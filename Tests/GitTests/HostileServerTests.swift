// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

/// A server that misbehaves in one way.
final class HostileServer: Sendable {
    let directory: TemporaryDirectory
    let port: Int
    private let pid: String

    /// Starts it in front of a small repository's recorded answers; `other` is where a redirect leads.
    init(
        _ mode: String,
        other: String = "",
        identity: (authority: TestAuthority, server: TestAuthority.Identity)? = nil
    ) throws {
        isSecure = identity != nil
        let exports = identity.map {
            "export SERVER_CERTIFICATE='\($0.server.certificate)' SERVER_KEY='\($0.server.key)' "
                + "CLIENT_AUTHORITY='\($0.authority.certificate)'"
        }
        directory = try TemporaryDirectory()
        let script = """
            set -eu; \(exports ?? ":"); cd '\(directory.path)'; export HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1
            git init -q -b main t; cd t; seq 1 20000 > a; head -c 200000 /dev/urandom > b; git add -A
            git -c user.name=a -c user.email=a@x commit -q -m one; cd ..; git clone -q --bare t r.git
            id=$(git -C r.git rev-parse main)
            { printf '001e# service=git-upload-pack\\n0000'; git upload-pack --http-backend-info-refs r.git; } > refs
            caps='side-band-64k ofs-delta'
            line="want $id $caps"
            { printf '%04x%s\\n' $((${#line} + 5)) "$line"; printf '00000009done\\n'; } \\
            | git upload-pack --stateless-rpc r.git > pack
            python3 '\(Checkout.root)/Tests/GitTests/hostile-server.py' '\(mode)' . '\(other)' > port 2> log &
            echo $! > pid
            for i in $(seq 100); do [ -s port ] && exit 0; sleep 0.05; done; exit 1
            """
        let outcome = try Command(["/bin/bash", "-c", script]).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
        port = Int(try directory.read("port").dropLast()) ?? 0
        pid = String(try directory.read("pid").dropLast())
    }

    deinit { _ = try? Command(["kill", "-9", pid]).run() }

    private let isSecure: Bool

    var address: String { "\(isSecure ? "https" : "http")://127.0.0.1:\(port)" }

    func requests() -> [String] {
        ((try? directory.read("requests")) ?? "").split(separator: "\n").map(String.init)
    }

    func request() throws -> CloneRequest {
        let url = try GitAddress("\(address)/r.git").url
        var request = CloneRequest(url)
        request.access.entries = [
            GitAccess.Entry(
                scope: url.replacing(path: "/"),
                .password(user: try LockedText("user"), try LockedText("canary-secret"))
            )
        ]
        return request
    }
}

@Suite struct HostileServerTests {
    @Test func `the recorded answers make a clone when nobody meddles with them`() throws {
        let server = try HostileServer("honest")
        let place = try TemporaryDirectory()
        _ = try GitClone(server.request()).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
    }

    @Test(arguments: [
        "truncate-refs", "wrong-type", "truncate-pack", "short-pack", "lie-size", "flip",
        "redirect-loop", "redirect-elsewhere",
    ])
    func `a server that lies or breaks off fails the clone, and nothing is left`(
        mode: String
    ) throws {
        let server = try HostileServer(mode)
        let place = try TemporaryDirectory()
        let cache = MirrorCache(directory: "\(server.directory.path)/cache")
        for cache in [nil, cache] {
            let operation = GitOperation(within: .seconds(20))
            let error = #expect(throws: GitError.self) {
                try GitClone(server.request(), cache: cache, operation: operation)
                    .run(into: place.path("own"))
            }
            #expect(error.map { $0.code != .timedOut && $0.code != .cancelled } == true)
            #expect(try Directory.names(in: place.path) == [])
        }
    }

    @Test(arguments: ["stall-refs", "stall-pack", "endless"])
    func `cancelling takes less than a second, whatever the server does`(
        mode: String
    ) async throws {
        let server = try HostileServer(mode)
        let place = try TemporaryDirectory()
        let operation = GitOperation()
        let request = try server.request()
        async let outcome = GitJob.run(operation) { () throws(GitError) in
            try GitClone(request, operation: operation).run(into: place.path("own"))
        }
        try await Task.sleep(for: .milliseconds(700))
        let start = ContinuousClock.now
        operation.cancel()
        do {
            _ = try await outcome
            Issue.record("it was not cancelled")
        } catch {
            #expect((error as? GitError)?.code == .cancelled)
        }
        #expect(ContinuousClock.now - start < .seconds(1))
        #expect(try Directory.names(in: place.path) == [])
    }

    @Test func `a deadline ends a stalled clone`() throws {
        let server = try HostileServer("stall-pack")
        let place = try TemporaryDirectory()
        let operation = GitOperation(within: .seconds(1))
        let error = #expect(throws: GitError.self) {
            try GitClone(server.request(), operation: operation).run(into: place.path("own"))
        }
        #expect(error?.code == .timedOut)
    }

    @Test func `a redirect to another host or port carries no credential there`() throws {
        let target = try HostileServer("honest")
        let server = try HostileServer("redirect", other: target.address)
        let place = try TemporaryDirectory()
        _ = try GitClone(server.request()).run(into: place.path("own"))
        #expect(server.requests().contains { $0.contains("Basic ") })
        #expect(!target.requests().isEmpty)
        #expect(target.requests().allSatisfy { $0.hasSuffix(" -") }, "\(target.requests())")
    }
}
