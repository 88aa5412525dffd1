// SPDX-License-Identifier: Apache-2.0

/// A step that was started and may still run.
package final class RunningStep: Sendable {
    /// The host's pid of the world's init.
    package let pid: Int32

    package init(pid: Int32) {
        self.pid = pid
    }

    /// Sends a signal to every process of the world.
    package func signal(_ number: Int32) async {}

    /// Kills the world at once, whatever it does.
    package func kill() async {}

    /// Waits until the main process ended and the whole world is gone.
    package func wait() async -> StepExit { preconditionFailure("the launcher lands next") }
}
