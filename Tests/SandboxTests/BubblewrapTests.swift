// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import TestSupport
import Testing

/// `bubblewrap.arguments`: what a start of ours is measured against.
@Suite(
    .enabled(if: Session.isPossible, "worlds need root"),
    .enabled(if: Session.has("bwrap"), "bubblewrap is not installed")
)
struct BubblewrapTests {
    @Test func `bubblewrap runs with the argument list`() throws {
        let outcome = try run("true")
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `it confines in the same way, as far as it can`() async throws {
        let script = """
            hostname; id -u; pwd; env -i /usr/bin/env; ls -A /home /root /tmp /run /mnt | wc -w
            grep CapEff /proc/self/status
            test -w /proc/sys/kernel/core_pattern || echo closed; test -s /proc/keys || echo closed
            """
        let theirs = try run(script)
        let ours = try await Session.run { session in
            try await session.run(script) { $0.hostname = "task-pod" }
        }
        #expect(ours.output == theirs.output)
    }

    private func run(_ script: String) throws -> CommandOutcome {
        let file = try FileDescriptor.open(
            "\(Checkout.root)/Tests/SandboxTests/bubblewrap.arguments"
        )
        let lines = String(decoding: try file.readToEnd(), as: UTF8.self).split(separator: "\n")
        return try Command(["bwrap"] + lines.map(String.init) + ["sh", "-c", script]).run()
    }
}
