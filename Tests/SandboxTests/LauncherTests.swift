// SPDX-License-Identifier: Apache-2.0
import Platform
import Sandbox
import Testing

@Suite(.enabled(if: Session.isPossible, "worlds need root"))
struct LauncherTests {
    @Test func `a step runs and its output and exit code come back`() async throws {
        try await Session.run { session in
            let finished = try await session.run("echo out; echo err >&2; exit 7")
            #expect(finished == .init(exit: .exited(code: 7), output: "out\n", error: "err\n"))
        }
    }
}
