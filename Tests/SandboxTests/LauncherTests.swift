// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform
import Sandbox
import Synchronization
import TestSupport
import Testing

/// The launcher's life, and what is left after it.
@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct LauncherTests {
    @Test func `a step runs and its output and exit code come back`() async throws {
        try await Session.run { session in
            let finished = try await session.run("echo out; echo err >&2; exit 7")
            #expect(finished == .init(exit: .exited(code: 7), output: "out\n", error: "err\n"))
        }
    }

    @Test func `steps run side by side`() async throws {
        try await Session.run { session in
            let exits = try await withThrowingTaskGroup(of: StepExit.self) { group in
                for number in 0..<40 {
                    group.addTask { try await session.run("sleep 0.1; exit \(number)").exit }
                }
                return try await group.reduce(into: Set()) { $0.insert($1) }
            }
            #expect(exits == Set((0..<40).map { StepExit.exited(code: $0) }))
        }
    }

    @Test func `whatever a step started dies with its main process`() async throws {
        try await Session.run { session in
            let marker = "tacit-survivor-\(try RandomBytes.system.hexadecimal(byteCount: 6))"
            let finished = try await session.run(Self.stubborn(marker) + "; sleep 0.3")
            #expect(finished.exit == .exited(code: 0))
            // Waited for: nothing is left at the first look.
            #expect(try HostProcesses.matching(marker) == [])
        }
    }

    @Test func `a signal reaches every process, and the step's own handler decides`() async throws {
        try await Session.run { session in
            let step = try await session.start("sleep 77 & sleep 78")
            await step.signal(15)
            #expect(await step.wait() == .signalled(15))
            try session.task.directory.makeDirectoryBeneath("t", permissions: 0o755)
            var world = Session.world(
                "trap 'exit 5' TERM; : > /t/ready; while :; do sleep 0.05; done"
            )
            world.mounts = [.init(.task("t"), at: "/t")]
            let null = try FileDescriptor.open("/dev/null", .writeOnly)
            let trapped = try await session.launcher.start(
                world,
                in: session.task,
                output: null,
                error: null
            )
            #expect(
                await HostProcesses.eventually {
                    (try? session.task.directory.openBeneath("t/ready")) != nil
                }
            )
            await trapped.signal(15)
            #expect(await trapped.wait() == .exited(code: 5))
            await trapped.signal(15)
        }
    }

    @Test func `who ignores TERM is ended by KILL`() async throws {
        try await Session.run { session in
            let step = try await session.start("trap '' TERM; while :; do sleep 0.05; done")
            try await Task.sleep(for: .milliseconds(200))
            await step.signal(15)
            try await Task.sleep(for: .milliseconds(200))
            #expect(HostProcesses.exists(step.pid))
            await step.kill()
            #expect(await step.wait() == .signalled(9))
            #expect(await step.wait() == .signalled(9))
            #expect(!HostProcesses.exists(step.pid))
        }
    }

    @Test func `shutting down ends every step, more than once`() async throws {
        let marker = "tacit-shutdown-\(try RandomBytes.system.hexadecimal(byteCount: 6))"
        let launcher = try Launcher.fork()
        try await launcher.configure(hidden: [], overlayByteLimit: nil)
        let session = Session(launcher: launcher, task: try await launcher.createTask("t"))
        let step = try await session.start(Self.stubborn(marker) + "; sleep 100")
        #expect(
            try await HostProcesses.eventually { try HostProcesses.matching(marker).count >= 4 }
        )
        await launcher.shutDown()
        #expect(try HostProcesses.matching(marker) == [])
        #expect(!HostProcesses.exists(launcher.pid))
        #expect(await step.wait() == .signalled(9))
        await launcher.shutDown()
        await session.task.remove()
        await #expect(throws: SandboxError.self) { try await launcher.createTask("late") }
    }

    @Test func `a killed launcher takes every step and mount with it`() async throws {
        try await Session.run { session in
            let marker = "tacit-orphan-\(try RandomBytes.system.hexadecimal(byteCount: 6))"
            let step = try await session.start(Self.stubborn(marker) + "; sleep 100")
            #expect(
                try await HostProcesses.eventually { try HostProcesses.matching(marker).count >= 4 }
            )
            #expect(try Command(["kill", "-9", "\(session.launcher.pid)"]).run().exitCode == 0)
            #expect(await step.wait() == .signalled(9))
            #expect(try HostProcesses.matching(marker) == [])
            let error = await #expect(throws: SandboxError.self) { try await session.run("true") }
            #expect(error?.cause.code == .brokenPipe)
        }
    }

    @Test func `a killed runner takes the launcher and every step with it`() async throws {
        let directory = try TemporaryDirectory()
        let note = directory.path("launcher.pid")
        let marker = "tacit-runner-\(try RandomBytes.system.hexadecimal(byteCount: 6))"
        await #expect(processExitsWith: .signal(9)) {
            [note = note as String, marker = marker as String] in
            let launcher = try Launcher.fork()
            try await launcher.configure(hidden: [], overlayByteLimit: nil)
            let session = Session(launcher: launcher, task: try await launcher.createTask("t"))
            _ = try await session.start(
                LauncherTests.stubborn(marker) + "; sleep 100"
            )
            _ = try await HostProcesses.eventually {
                try HostProcesses.matching(marker).count >= 4
            }
            let file = try FileDescriptor.open(
                note,
                [.writeOnly, .create, .truncate]
            )
            try file.write("\(launcher.pid)")
            _ = try Command(["sh", "-c", "kill -9 $PPID; sleep 5"]).run()
        }
        let text = String(decoding: try FileDescriptor.open(note).readToEnd(), as: UTF8.self)
        let launcher = try #require(Int32(text))
        #expect(await HostProcesses.eventually { !HostProcesses.exists(launcher) })
        #expect(try await HostProcesses.eventually { try HostProcesses.matching(marker) == [] })
    }

    @Test func `an unconfigured launcher starts nothing and a second configuration is refused`()
        async throws
    {
        let launcher = try Launcher.fork()
        let session = Session(launcher: launcher, task: try await launcher.createTask("t"))
        await #expect(throws: SandboxError.self) { try await session.run("true") }
        try await launcher.configure(hidden: [], overlayByteLimit: nil)
        await #expect(throws: SandboxError.self) {
            try await launcher.configure(hidden: [], overlayByteLimit: nil)
        }
        let finished = try await session.run("true")
        #expect(finished.exit == .exited(code: 0))
        await launcher.shutDown()
    }

    @Test func `a dropped launcher ends by itself`() async throws {
        let pid = try await {
            let launcher = try Launcher.fork()
            try await launcher.configure(hidden: [], overlayByteLimit: nil)
            return launcher.pid
        }()
        #expect(await HostProcesses.eventually { !HostProcesses.exists(pid) })
    }

    @Test func `the launcher shows nothing of the runner's`() async throws {
        try await Session.run { session in
            let process = "/proc/\(session.launcher.pid)"
            let environment = try FileDescriptor.open("\(process)/environ").readToEnd()
            #expect(environment.allSatisfy { $0 == 0 })
            let line = try FileDescriptor.open("\(process)/cmdline").readToEnd()
            #expect(String(decoding: line.prefix { $0 != 0 }, as: UTF8.self) == "tacit-launcher")
            // Streams, the socket, its own pidfd, the host's root.
            #expect(try Directory.names(in: "\(process)/fd").count == 6)
        }
    }

    @Test func `no secret stays in the launcher or in a step's init`() async throws {
        try await Session.run { session in
            // The name is never whole in this program, so that its copies of code and data do not match.
            let canary = try RandomBytes.system.hexadecimal(byteCount: 16)
            let value = SharedLockedBytes(try LockedBytes(copying: canary.utf8.span))
            var world = Session.world("[ ${#TOKEN} = 32 ] && sleep 100")
            world.environment.append(.init("TOKEN", .secret(value)))
            world.arguments.append(.secret(value))
            let null = try FileDescriptor.open("/dev/null", .writeOnly)
            let step = try await session.launcher.start(
                world,
                in: session.task,
                output: null,
                error: null
            )
            let main = try #require(try HostProcesses.matching(canary).first)
            #expect(try HostProcesses.memory(of: main, holds: canary))
            #expect(try !HostProcesses.memory(of: step.pid, holds: canary))
            #expect(try !HostProcesses.memory(of: session.launcher.pid, holds: canary))
            await step.kill()
            #expect(await step.wait() == .signalled(9))
        }
    }

    /// Leaves behind what is hard to kill: background, setsid, a double fork, TERM ignored, another user.
    static func stubborn(_ marker: String) -> String {
        let sleep = "sh -c 'sleep 100 # \(marker)'"
        return """
            \(sleep) & setsid \(sleep) & (setsid sh -c "setsid \(sleep) &" &)
            (trap '' TERM HUP INT; \(sleep) &); setpriv --reuid 65534 --clear-groups setsid \(sleep) &
            true
            """
    }
}
