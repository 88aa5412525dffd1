// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Sandbox
import TestSupport
import Testing

/// Worlds that are built while an earlier step runs.
@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct PreparedWorldTests {
    @Test func `a step starts in the world that was prepared for it`() async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("t", permissions: 0o755)
            var world = StepWorld()
            world.mounts = [.init(.task("t"), at: "/t")]
            world.hostname = "prepared"
            world = session.launcher.prepare(world, in: session.task)
            let waiting = try await Self.waitingInit(of: session)
            _ = try await session.run("echo early > /t/file") { $0.mounts = world.mounts }
            let script = "cat /t/file; hostname; echo $TOKEN; readlink /proc/self/ns/mnt"
            world.arguments = Session.world(script).arguments
            world.environment = Session.world("").environment
            let value = SharedLockedBytes(try LockedBytes(copying: "abc".utf8.span))
            world.environment.append(.init("TOKEN", .secret(value)))
            let namespace = try Self.namespace(of: waiting)
            let finished = try await session.run(world)
            #expect(finished.exit == .exited(code: 0))
            #expect(finished.error == "")
            #expect(finished.output == "early\nprepared\nabc\n\(namespace)\n")
            #expect(await HostProcesses.eventually { !HostProcesses.exists(waiting) })
        }
    }

    @Test func `a working directory is one that the step before made`() async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("t", permissions: 0o755)
            var world = StepWorld()
            world.mounts = [.init(.task("t"), at: "/t")]
            world.workingDirectory = "/t/made"
            world.rootIsReadOnly = true
            world = session.launcher.prepare(world, in: session.task)
            _ = try await Self.waitingInit(of: session)
            _ = try await session.run("mkdir -m 700 /t/made") { $0.mounts = world.mounts }
            world.arguments = Session.world("pwd; stat -c %a .; ! touch /file").arguments
            world.environment = Session.world("").environment
            let finished = try await session.run(world)
            #expect(finished.exit == .exited(code: 0))
            #expect(finished.output == "/t/made\n700\n")
        }
    }

    @Test func `a prepared world that died is built anew`() async throws {
        try await Session.run { session in
            var world = session.launcher.prepare(StepWorld(), in: session.task)
            let waiting = try await Self.waitingInit(of: session)
            #expect(try Command(["kill", "-9", "\(waiting)"]).run().exitCode == 0)
            #expect(await HostProcesses.eventually { !HostProcesses.exists(waiting) })
            world.arguments = Session.world("echo again").arguments
            world.environment = Session.world("").environment
            let finished = try await session.run(world)
            #expect(finished == .init(exit: .exited(code: 0), output: "again\n", error: ""))
        }
    }

    @Test func `what keeps a world from being prepared is told by the start`() async throws {
        try await Session.run { session in
            var world = StepWorld()
            world.mounts = [.init(.task("absent"), at: "/t")]
            world = session.launcher.prepare(world, in: session.task)
            #expect(await HostProcesses.eventually { Self.inits(of: session).isEmpty })
            world.arguments = [.plain("true")]
            let refused = world
            let error = await #expect(throws: SandboxError.self) { try await session.run(refused) }
            #expect(error?.cause.code == .notFound)
            #expect(error?.cause.subject == "absent")
        }
    }

    @Test func `a task has one prepared world, and none when it is gone`() async throws {
        try await Session.run { session in
            let first = session.launcher.prepare(StepWorld(), in: session.task)
            let waiting = try await Self.waitingInit(of: session)
            _ = session.launcher.prepare(StepWorld(), in: session.task)
            let next = try await Self.waitingInit(of: session, other: waiting)
            #expect(!HostProcesses.exists(waiting))
            var late = first
            late.arguments = Session.world("echo late").arguments
            late.environment = Session.world("").environment
            #expect(try await session.run(late).output == "late\n")
            await session.task.remove()
            #expect(!HostProcesses.exists(next))
            #expect(Self.inits(of: session) == [])
        }
    }

    @Test func `shutting down and the launcher's death take a prepared world along`() async throws {
        for signal in ["", "-9"] {
            let launcher = try Launcher.fork()
            try await launcher.configure(hidden: [], overlayByteLimit: nil)
            let session = Session(launcher: launcher, task: try await launcher.createTask("t"))
            _ = launcher.prepare(StepWorld(), in: session.task)
            let waiting = try await Self.waitingInit(of: session)
            if !signal.isEmpty {
                #expect(try Command(["kill", signal, "\(launcher.pid)"]).run().exitCode == 0)
            }
            await launcher.shutDown()
            #expect(await HostProcesses.eventually { !HostProcesses.exists(waiting) })
        }
    }

    /// The launcher's children.
    private static func inits(of session: Session) -> [Int32] {
        let launcher = session.launcher.pid
        guard
            let bytes = try? FileDescriptor.open("/proc/\(launcher)/task/\(launcher)/children")
                .readToEnd()
        else { return [] }
        return String(decoding: bytes, as: UTF8.self).split(separator: " ").compactMap { Int32($0) }
    }

    /// The only one, once its world stands: its root is then no longer the launcher's.
    private static func waitingInit(of session: Session, other: Int32 = 0) async throws -> Int32 {
        var found: Int32 = 0
        let stands = try await HostProcesses.eventually {
            guard let pid = inits(of: session).first(where: { $0 != other }) else { return false }
            found = pid
            return try Command(["test", "-e", "/proc/\(pid)/root/proc/1"]).run().exitCode == 0
        }
        try #require(stands)
        return found
    }

    private static func namespace(of pid: Int32) throws -> String {
        let link = try Command(["readlink", "/proc/\(pid)/ns/mnt"]).run().output
        return String(link.dropLast())
    }
}
