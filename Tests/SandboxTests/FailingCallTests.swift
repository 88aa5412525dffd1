// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import TestSupport
import Testing

/// Makes one call after the other fail in a step's init, until the start succeeds.
@Suite(
    .serialized,
    .enabled(if: Session.isPossible, "worlds need root"),
    .enabled(if: Session.has("strace"), "strace is not installed")
)
struct FailingCallTests {
    @Test(arguments: [
        "fsopen", "fsconfig", "fsmount", "move_mount", "open_tree", "mount_setattr", "pivot_root",
        "umount2", "sethostname", "fchdir", "pipe2", "vfork", "setsid", "dup2", "setgroups",
        "setresgid", "setresuid", "capset",
    ])
    func `a start whose call fails is an error and leaves nothing`(_ call: String) async throws {
        try await Session.run { session in
            try session.task.directory.makeDirectoryBeneath("ws", permissions: 0o755)
            // Its reply tells that the launcher is done with what came before.
            #expect(await Self.starts(session))
            let before = try await Self.remains(of: session.launcher.pid)
            #expect(before.processes == 0)
            for number in 1...60 {
                let tracer = try await Self.tracer(of: session.launcher.pid, failing: call, number)
                let didStart = await Self.starts(session)
                tracer.send(.terminate)
                _ = tracer.finish()
                let after = try await Self.remains(
                    of: session.launcher.pid,
                    expected: before
                )
                #expect(after == before, "call \(number)")
                if didStart {
                    #expect(number > 1, "a start without a single \(call)")
                    break
                }
                #expect(number < 60)
            }
            let next = try await session.run("exit 3")
            #expect(next.exit == .exited(code: 3))
        }
    }

    /// What a launcher holds.
    private struct Remains: Equatable {
        var mounts: Int
        var descriptors: Int
        var processes: Int

        init(of launcher: Int32) throws {
            let process = "/proc/\(launcher)"
            let mounts = try FileDescriptor.open("\(process)/mountinfo").readToEnd()
            // Without the host's, which come and go with other tests.
            self.mounts = String(decoding: mounts, as: UTF8.self).split(separator: "\n")
                .count { !$0.split(separator: " ")[4].hasPrefix("/host") }
            descriptors = try Directory.names(in: "\(process)/fd").count
            let children = try FileDescriptor.open("\(process)/task/\(launcher)/children")
                .readToEnd()
            processes = children.count { $0 == 32 }
        }
    }

    /// What is left once the worlds of the steps that have ended are down and closed.
    private static func remains(
        of launcher: Int32,
        expected: Remains? = nil
    ) async throws -> Remains {
        _ = try await HostProcesses.eventually {
            let now = try Remains(of: launcher)
            return expected.map { $0 == now } ?? (now.processes == 0)
        }
        return try Remains(of: launcher)
    }

    private static func starts(_ session: Session) async -> Bool {
        do {
            let finished = try await session.run("true") {
                $0.mounts = [.init(.task("ws"), at: "/workspace", readOnly: true)]
                $0.user = 1000
                $0.group = 1000
            }
            return finished.exit == .exited(code: 0)
        } catch {
            return false
        }
    }

    /// strace(1) on the launcher and what it starts; attached when this returns.
    private static func tracer(
        of launcher: Int32,
        failing call: String,
        _ number: Int
    ) async throws -> RunningCommand {
        let tracer = try Command([
            "strace", "-f", "-p", "\(launcher)", "-o", "/dev/null", "-e", "trace=\(call)",
            "-e", "inject=\(call):error=EIO:when=\(number)",
        ]).start()
        let status = "/proc/\(launcher)/status"
        let isAttached = try await HostProcesses.eventually {
            let text = String(decoding: try FileDescriptor.open(status).readToEnd(), as: UTF8.self)
            return !text.contains("TracerPid:\t0\n")
        }
        try #require(isAttached)
        return tracer
    }
}
