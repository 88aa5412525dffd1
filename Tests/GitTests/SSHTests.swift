// SPDX-License-Identifier: Apache-2.0
import Git
import Platform
import TestSupport
import Testing

/// A real sshd on loopback that serves git to one key.
final class SSHServer: Sendable {
    let directory: TemporaryDirectory
    let port: Int

    /// Starts it with host keys of these kinds.
    init(hostKeys: [String] = ["ed25519", "ecdsa", "rsa"]) throws {
        directory = try TemporaryDirectory()
        port = Int.random(in: 31_000..<32_700)
        let script = """
            set -eu; cd '\(directory.path)'; export HOME=/nonexistent GIT_CONFIG_NOSYSTEM=1
            git init -q -b main t; cd t; echo one > a; git add -A
            git -c user.name=a -c user.email=a@x commit -q -m one; cd ..; git clone -q --bare t r.git
            for type in ed25519 ecdsa rsa; do ssh-keygen -q -t $type -N '' -f host_$type; done
            ssh-keygen -q -t ed25519 -N '' -f user_key
            ssh-keygen -q -t ed25519 -N 'pass phrase' -f locked_key
            ssh-keygen -q -t rsa -N '' -f rsa_key
            ssh-keygen -q -t rsa -m PEM -N '' -f rsa_pem
            ssh-keygen -q -t rsa -m PEM -N 'pass phrase' -f rsa_locked
            ssh-keygen -q -t rsa -N 'pass phrase' -f rsa_own_locked
            cat *_key.pub rsa_*.pub > authorized_keys
            mkdir -p /run/sshd
            cat > sshd_config <<EOF
            Port \(port)
            ListenAddress 127.0.0.1
            \(hostKeys.map { "HostKey $PWD/host_\($0)" }.joined(separator: "\n"))
            AuthorizedKeysFile $PWD/authorized_keys
            PasswordAuthentication no
            StrictModes no
            UsePAM no
            PidFile $PWD/sshd.pid
            PermitRootLogin yes
            EOF
            sed -i 's/^ *//' sshd_config
            /usr/sbin/sshd -f $PWD/sshd_config -E $PWD/log
            for i in $(seq 100); do ssh-keyscan -p \(port) 127.0.0.1 > known 2>/dev/null && [ -s known ] && exit 0
            sleep 0.05; done; cat log; exit 1
            """
        let outcome = try Command(["/bin/bash", "-c", script]).run()
        if outcome.exitCode != 0 { throw CommandFailure(description: "\(outcome)") }
    }

    deinit {
        if let pid = try? directory.read("sshd.pid") {
            _ = try? Command(["kill", String(pid.dropLast())]).run()
        }
    }

    func request(key: String = "user_key", passphrase: String? = nil) throws -> CloneRequest {
        let user = try Command(["id", "-un"]).run().output.dropLast()
        let url = try GitAddress("ssh://\(user)@127.0.0.1:\(port)\(directory.path)/r.git").url
        var request = CloneRequest(url)
        let key = GitCredential.key(
            try LockedText(try directory.read(key)),
            passphrase: try passphrase.map { try LockedText($0) }
        )
        request.access.entries = [GitAccess.Entry(scope: url.replacing(path: "/"), key)]
        request.access.knownHosts.add(try directory.read("known"))
        return request
    }
}

@Suite struct SSHTests {
    @Test func `a key lets one in over ssh, one with a passphrase too`() throws {
        let server = try SSHServer()
        let place = try TemporaryDirectory()
        _ = try GitClone(server.request()).run(into: place.path("own"))
        #expect(try place.read("own/a") == "one\n")
        #expect(try WorkTree.faults(place.path("own")) == "")
        let locked = try server.request(key: "locked_key", passphrase: "pass phrase")
        let cache = MirrorCache(directory: place.path("cache"))
        _ = try GitClone(locked, cache: cache).run(into: place.path("second"))
        #expect(try WorkTree.faults(place.path("second")) == "")
    }

    @Test(arguments: [("rsa_key", nil), ("rsa_pem", nil), ("rsa_locked", "pass phrase")])
    func `an RSA key lets one in, with the signature that servers take today`(
        key: String,
        passphrase: String?
    ) throws {
        let server = try SSHServer()
        let place = try TemporaryDirectory()
        let request = try server.request(key: key, passphrase: passphrase)
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
    }

    @Test(arguments: [["ed25519", "rsa"], ["ecdsa", "rsa"], ["ed25519"]])
    func `a host is asked for the best kind of key that is known of it`(kinds: [String]) throws {
        let server = try SSHServer(hostKeys: kinds)
        let place = try TemporaryDirectory()
        var request = try server.request()
        // RSA first, as ssh-keyscan may print it.
        let lines = try server.directory.read("known").split(separator: "\n").map(String.init)
        let sorted =
            lines.filter { $0.contains("ssh-rsa") } + lines.filter { !$0.contains("ssh-rsa") }
        request.access.knownHosts = KnownHosts()
        request.access.knownHosts.add(sorted.joined(separator: "\n"))
        _ = try GitClone(request).run(into: place.path("own"))
        #expect(try WorkTree.faults(place.path("own")) == "")
    }

    @Test func `a host of which one kind of key is known is asked for that one`() throws {
        let server = try SSHServer()
        let place = try TemporaryDirectory()
        for kind in ["ssh-ed25519", "ecdsa-sha2-nistp256"] {
            var request = try server.request()
            let lines = try server.directory.read("known").split(separator: "\n")
            request.access.knownHosts = KnownHosts()
            request.access.knownHosts.add(
                lines.filter { $0.contains(kind) }.joined(separator: "\n")
            )
            _ = try GitClone(request).run(into: place.path(kind))
        }
    }

    @Test func `a host with an RSA key alone is told what it lacks`() throws {
        let server = try SSHServer(hostKeys: ["rsa"])
        let place = try TemporaryDirectory()
        let error = #expect(throws: GitError.self) {
            try GitClone(server.request()).run(into: place.path("own"))
        }
        #expect(
            error?.message.contains("ed25519 or ECDSA host key") == true,
            "\(error.debugDescription)"
        )
    }

    @Test func `the wrong key, and none, are refused`() throws {
        let server = try SSHServer()
        let place = try TemporaryDirectory()
        var without = try server.request()
        without.access.entries = []
        let stranger = try server.request(key: "host_ed25519")
        for request in [without, stranger] {
            let error = #expect(throws: GitError.self) {
                try GitClone(request).run(into: place.path("own"))
            }
            #expect(error?.code == .accessDenied, "\(error.debugDescription)")
            #expect(try Directory.names(in: place.path) == [])
        }
    }

    @Test func `a host that is not known, or shows another key, is not trusted`() throws {
        let server = try SSHServer()
        let place = try TemporaryDirectory()
        var unknown = try server.request()
        unknown.access.knownHosts = KnownHosts()
        var changed = unknown
        for type in ["ed25519", "ecdsa", "rsa"] {
            let other = try server.directory.read("user_key.pub").split(separator: " ")
            changed.access.knownHosts.add(
                "[127.0.0.1]:\(server.port) \(type == "ed25519" ? "ssh-ed25519" : type) \(other[1])"
            )
        }
        for request in [unknown, changed] {
            let error = #expect(throws: GitError.self) {
                try GitClone(request).run(into: place.path("own"))
            }
            #expect(error?.code == .notTrusted, "\(error.debugDescription)")
        }
        var hashed = unknown
        let lines = try Command([
            "/bin/sh", "-c", "cd '\(server.directory.path)'; ssh-keygen -q -H -f known; cat known",
        ]).run().output
        #expect(lines.contains("|1|"))
        hashed.access.knownHosts.add(lines)
        _ = try GitClone(hashed).run(into: place.path("own"))
        var revoked = hashed
        for line in try server.directory.read("known.old").split(separator: "\n") {
            revoked.access.knownHosts.add("@revoked \(line)")
        }
        let error = #expect(throws: GitError.self) {
            try GitClone(revoked).run(into: place.path("again"))
        }
        #expect(error?.code == .notTrusted)
    }

    @Test func `cancelling a connection that says nothing ends it`() async throws {
        let place = try TemporaryDirectory()
        let port = Int.random(in: 31_000..<32_700)
        let listener = Command([
            "python3", "-c",
            "import socket,time;s=socket.create_server(('127.0.0.1',\(port)));c=s.accept();time.sleep(60)",
        ])
        let running = try listener.start()
        defer { running.send(.kill) }
        try await Task.sleep(for: .milliseconds(500))
        for scheme in ["ssh"] {
            let request = CloneRequest(try GitAddress("\(scheme)://git@127.0.0.1:\(port)/r").url)
            let operation = GitOperation()
            async let outcome = GitJob.run(operation) { () throws(GitError) in
                try GitClone(request, operation: operation).run(into: place.path("own"))
            }
            try await Task.sleep(for: .milliseconds(500))
            let start = ContinuousClock.now
            operation.cancel()
            do {
                _ = try await outcome
                Issue.record("it was not cancelled")
            } catch {
                #expect((error as? GitError)?.code == .cancelled)
            }
            #expect(ContinuousClock.now - start < .seconds(1))
        }
        #expect(try Directory.names(in: place.path) == [])
    }
}
