// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Secrets
import TestSupport
import Testing

struct AuditKeyTests {
    private func fingerprint(_ text: String, _ key: AuditKey) throws -> String {
        let value = try LockedBytes(copying: Array(text.utf8).span)
        return try key.fingerprint(of: value)
    }

    @Test func `a fingerprint is the keyed hash in hexadecimal`() throws {
        let key = AuditKey(try LockedBytes(copying: Array("Jefe".utf8).span))
        // RFC 4231, section 4.3.
        #expect(
            try fingerprint("what do ya want for nothing?", key)
                == "hmac-sha256:5bdcc146bf60754e6a042426089575c75a003f089d2739839dec58b964ec3843"
        )
    }

    @Test func `one state directory has one key, another has another`() throws {
        let first = try TemporaryDirectory()
        let second = try TemporaryDirectory()
        let key = try AuditKey.open(stateDirectory: first.path("state"))
        let again = try AuditKey.open(stateDirectory: first.path("state"))
        let other = try AuditKey.open(stateDirectory: second.path)
        #expect(try fingerprint("a", key) == fingerprint("a", again))
        #expect(try fingerprint("a", key) != fingerprint("b", key))
        #expect(try fingerprint("a", key) != fingerprint("a", other))
        let status = try FileStatus(of: first.path("state/audit.key"))
        #expect(status.permissions == 0o600)
        #expect(status.byteCount == 32)
    }

    @Test func `many at once make one key`() async throws {
        let directory = try TemporaryDirectory()
        let prints = try await withThrowingTaskGroup(of: String.self) { group in
            for _ in 0..<8 {
                group.addTask {
                    try await SystemThread.run("test") {
                        let key = try AuditKey.open(stateDirectory: directory.path)
                        let value = try LockedBytes(copying: [7].span)
                        return try key.fingerprint(of: value)
                    }
                }
            }
            return try await group.reduce(into: Set<String>()) { $0.insert($1) }
        }
        #expect(prints.count == 1)
    }

    @Test func `a key that others can read or that is too short is refused`() throws {
        let directory = try TemporaryDirectory()
        let path = directory.path("audit.key")
        try directory.write(String(repeating: "k", count: 32), to: "audit.key", permissions: 0o644)
        #expect(
            throws: AuditKey.Failure.unusable(
                path: path,
                why: "can be read by others (mode 644); make it 0600"
            )
        ) {
            try AuditKey.open(stateDirectory: directory.path)
        }
        try Directory.unlink(path)
        try directory.write("short", to: "audit.key", permissions: 0o600)
        #expect(
            throws: AuditKey.Failure.unusable(path: path, why: "holds 5 bytes instead of 32")
        ) {
            try AuditKey.open(stateDirectory: directory.path)
        }
    }
}
