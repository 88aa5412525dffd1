// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// `tacit mount`: a class's secrets for other programs of the host.
@Suite("Mounting for other programs", .serialized)
struct MountCommandTests {
    private static let canary = "kanarienvogel-f00d-7713aa"
    private let run: Run
    /// Where other users can reach it.
    private let directory: String

    init() throws {
        run = try Run(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: ci, annotations: {tacit.dev/rotate: 1s}}
            spec:
              provider: vault
              parameters:
                roleName: ci
                objects: |
                  - {objectName: token, secretPath: cicd/data/github, secretKey: token}
                  - {objectName: db/password, secretPath: cicd/data/github, secretKey: token, filePermission: 0600}
            """
        )
        directory = "/tmp/tacit-mounted-" + (try RandomBytes.system.hexadecimal(byteCount: 6))
        try set(Self.canary)
    }

    private func set(_ value: String) throws {
        let outcome = try Command(
            [Checkout.tacit, "secret", "set", "cicd/data/github", "token=\(value)"],
            environment: run.environment
        ).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    private func mount(_ arguments: String...) throws -> RunningCommand {
        let command = [Checkout.tacit, "mount", run.directory.path("run.yaml"), "--class", "ci"]
        return try Command(
            command + ["--store", "local", "--at", directory] + arguments,
            environment: run.environment
        ).start()
    }

    private func isMounted() throws -> Bool {
        let mounts = try FileDescriptor.open("/proc/self/mountinfo").readToEnd()
        return String(decoding: mounts, as: UTF8.self).contains(" \(directory) ")
    }

    private func wait(for condition: () throws -> Bool) throws {
        for _ in 0..<500 where try !condition() { try sleep(milliseconds: 20) }
    }

    private func read(_ file: String, as user: Int? = nil) throws -> CommandOutcome {
        let prefix = user.map {
            ["setpriv", "--reuid", "\($0)", "--regid", "\($0)", "--clear-groups"]
        }
        return try Command((prefix ?? []) + ["cat", "\(directory)/\(file)"]).run()
    }

    private func accesses() throws -> [JSONValue] {
        let outcome = try Command(
            [Checkout.tacit, "audit", "access", "-o", "json"],
            environment: run.environment
        ).run()
        return try outcome.output.split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))
        }
    }

    @Test func `root and the users that are named read, others do not; all reads are on record`()
        throws
    {
        let mounted = try mount("--allow-user", "4711")
        try wait { try isMounted() }
        #expect(try read("token").output == Self.canary)
        #expect(try read("token", as: 4711).output == Self.canary)
        #expect(try read("db/password", as: 4711).output == Self.canary)
        let refused = try read("token", as: 4712)
        #expect(refused.output == "")
        #expect(refused.error.contains("Permission denied"), "\(refused)")
        #expect(try Command(["sh", "-c", "echo x > \(directory)/token"]).run().exitCode != 0)
        let entries = try accesses()
        #expect(
            entries.compactMap { $0["path"]?.string } == [
                "\(directory)/token", "\(directory)/token", "\(directory)/db/password",
            ]
        )
        #expect(entries.compactMap { $0["executable"]?.string }.allSatisfy { $0.hasSuffix("/cat") })
        mounted.send(.interrupt)
        let outcome = mounted.finish()
        #expect(outcome.exitCode == 130, "\(outcome)")
        #expect(try !isMounted())
        #expect(!FileStatus.isDirectory(directory))
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `the files follow the store`() throws {
        let mounted = try mount()
        try wait { try isMounted() }
        #expect(try read("token").output == Self.canary)
        let new = "kanarienvogel-neu-10b2c3"
        try set(new)
        try wait { try read("token").output == new }
        #expect(try read("db/password").output == new)
        mounted.send(.terminate)
        let outcome = mounted.finish()
        #expect(outcome.exitCode == 143, "\(outcome)")
        #expect(try run.leaks(of: new, in: outcome) == [])
    }

    @Test func `what a killed mount leaves is dead, and taken away at the next start`() throws {
        let mounted = try mount()
        try wait { try isMounted() }
        mounted.send(.kill)
        _ = mounted.finish()
        #expect(try read("token").output == "")
        #expect(try isMounted())
        let again = try mount()
        try wait { try read("token").output == Self.canary }
        again.send(.interrupt)
        #expect(again.finish().exitCode == 130)
        #expect(try !isMounted())
        _ = try Command(["rmdir", directory]).run()
    }

    @Test func `a directory with something in it, and an unknown class or user, are refused`()
        throws
    {
        try Directory.create(directory, permissions: 0o755)
        defer { _ = try? Command(["rm", "-r", directory]).run() }
        _ = try Command(["touch", "\(directory)/mine"]).run()
        let full = try mount().finish()
        #expect(full.exitCode == 2)
        #expect(full.error.contains("is not empty"), "\(full)")
        let user = try mount("--allow-user", "nobodi").finish()
        #expect(user.exitCode == 2)
        #expect(user.error.contains("there is no user `nobodi`"), "\(user)")
        let missing = try Command([Checkout.tacit, "mount"], environment: run.environment).run()
        #expect(missing.exitCode == 2)
    }

    @Test func `a store that refuses ends it before anything is mounted`() throws {
        _ = try Command(
            [Checkout.tacit, "secret", "delete", "cicd/data/github"],
            environment: run.environment
        ).run()
        let outcome = try mount().finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("cicd/data/github"))
        #expect(try !isMounted())
        _ = try Command(["rmdir", directory]).run()
    }
}
