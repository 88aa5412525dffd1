// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import Synchronization
import TestSupport
import Testing

/// The end of a filesystem: at any moment, without a hang, with nothing left.
@Suite(.requiresFUSE, .timeLimit(.minutes(1)))
struct SecretStoppingTests {
    @Test(arguments: [1, 2, 4]) func `idle threads end while the mount lives on`(
        threads: Int
    ) throws {
        let secrets = try MountedSecrets(threads: threads)
        try secrets.publish(["token": "s3cret"])
        #expect(try secrets.read("t/token") == "s3cret")
        let held = try FileDescriptor.open(secrets.path("t/token"))
        let clock = ContinuousClock()
        let duration = clock.measure { secrets.filesystem.stop() }
        #expect(duration < .seconds(2))
        #expect(throws: SystemError.self) { try held.readToEnd() }
        #expect(throws: SystemError.self) { try secrets.read("t/token") }
    }

    @Test func `stopping twice, or before serving, is fine`() throws {
        let secrets = try MountedSecrets()
        secrets.filesystem.stop()
        secrets.filesystem.stop()
        let unused = SecretFilesystem { _ in { _ in } }
        unused.stop()
    }

    @Test func `stopping before the mount was ever used is fine`() throws {
        for _ in 0..<20 { try MountedSecrets().filesystem.stop() }
    }

    @Test func `a reader that waits for a record is answered or refused, not left hanging`() throws
    {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret"])
        secrets.accesses.hold("token")
        let readers = try (0..<3).map { _ in try Box(secrets.start("cat token")) }
        #expect(eventually { secrets.accesses.waitingCount >= 1 })
        let stopped = Mutex(false)
        SystemThread.start("stopper") {
            secrets.filesystem.stop()
            stopped.withLock { $0 = true }
        }
        SystemThread.sleep(nanoseconds: 50_000_000)
        #expect(!stopped.withLock { $0 })
        secrets.accesses.release()
        #expect(eventually { stopped.withLock { $0 } })
        for reader in readers {
            let outcome = reader.finish()
            #expect(!outcome.end.killedAtLimit)
            #expect(outcome.output == "s3cret" || outcome.exitCode == 1, "\(outcome)")
        }
    }

    @Test func `readers at work when it stops end with an error`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret"])
        let readers = try (0..<4).map { _ in
            try Box(secrets.start("while cat token > /dev/null; do :; done"))
        }
        #expect(eventually { secrets.accesses.all.count > 20 })
        secrets.filesystem.stop()
        for reader in readers {
            let outcome = reader.finish()
            #expect(!outcome.end.killedAtLimit)
            #expect(outcome.error != "")
        }
    }

    @Test func `publishing, replacing and withdrawing while it stops is fine`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret"])
        let done = Mutex(false)
        let version = try MountedSecrets.version("new", of: "token", number: 2)
        SystemThread.start("publisher") {
            for turn in 0..<300 {
                try? secrets.publish(["other": "v"], at: "o\(turn)")
                secrets.filesystem.replace(with: [version])
                secrets.filesystem.withdraw("o\(turn)")
            }
            done.withLock { $0 = true }
        }
        SystemThread.sleep(nanoseconds: 3_000_000)
        secrets.filesystem.stop()
        #expect(eventually { done.withLock { $0 } })
    }

    @Test func `a stopped filesystem holds no value`() throws {
        let secrets = try MountedSecrets()
        weak let version = try publishTracked(secrets)
        let held = try FileDescriptor.open(secrets.path("t/token"))
        #expect(version != nil)
        secrets.filesystem.stop()
        #expect(version == nil)
        #expect(throws: SystemError.self) { try held.readToEnd() }
    }

    @Test func `a killed reader that waits for a record does not disturb the others`() throws {
        let secrets = try MountedSecrets()
        try secrets.publish(["token": "s3cret", "other": "value"])
        secrets.accesses.hold("token")
        let reader = try secrets.start("exec cat token")
        #expect(eventually { secrets.accesses.waitingCount == 1 })
        reader.send(.kill)
        #expect(try secrets.run("cat other").output == "value")
        secrets.accesses.release()
        #expect(reader.finish().exitCode == 137)
        #expect(try secrets.run("cat token").output == "s3cret")
        #expect(eventually { secrets.openFileCount == 0 })
    }

    private func publishTracked(_ secrets: MountedSecrets) throws -> AnyObject? {
        let version = try MountedSecrets.version("s3cret", of: "token")
        let file = SecretFile(path: "token", mode: 0o644, content: version, isAudited: false)
        try secrets.filesystem.publish([file], for: MountedSecrets.reader, at: "t")
        return version
    }
}

/// Lets an array hold commands, which cannot be copied.
private final class Box {
    private var command: RunningCommand?

    init(_ command: consuming RunningCommand) {
        self.command = consume command
    }

    func finish() -> CommandOutcome {
        guard let command = command.take() else { preconditionFailure("a command finishes once") }
        return command.finish(limit: .seconds(20))
    }
}
