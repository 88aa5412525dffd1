// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Synchronization

/// A step that was started and may still run.
package final class RunningStep: Sendable {
    /// The host's pid of the world's init.
    package let pid: Int32
    private let program: String
    private let process: FileDescriptor
    private let state = Mutex(State())

    private struct State {
        var exit: StepExit?
        var waiters: [CheckedContinuation<StepExit, Never>] = []
    }

    init(pid: Int32, program: String, process: consuming FileDescriptor) {
        self.pid = pid
        self.program = program
        self.process = process
    }

    /// Sends a signal to every process of the world; SIGKILL ends it at once.
    ///
    /// Does nothing once the step has ended.
    package func signal(_ number: Int32) async {
        process.signalProcess(number)
    }

    /// Kills the world at once, whatever it does.
    package func kill() async {
        process.signalProcess(Self.killSignal)
    }

    /// Waits until the main process ended and no process of the world is left.
    ///
    /// Its mounts may be going away yet; they are gone when its task's tree is. Returns at once when that is so already; may be called more than once.
    package func wait() async -> StepExit {
        await withCheckedContinuation { waiter in
            let exit = state.withLock { state in
                if state.exit == nil { state.waiters.append(waiter) }
                return state.exit
            }
            if let exit { waiter.resume(returning: exit) }
        }
    }

    func finish(_ exit: StepExit) {
        let waiters = state.withLock { state in
            if state.exit == nil { state.exit = exit }
            defer { state.waiters = [] }
            return state.waiters
        }
        for waiter in waiters { waiter.resume(returning: exit) }
    }

    /// Blocks until the world is gone, after the launcher died and took the step's exit code with it.
    func finishWhenGone() {
        process.signalProcess(Self.killSignal)
        while (try? process.waitUntilReadable(milliseconds: -1)) == false {}
        finish(.signalled(Self.killSignal))
    }

    func executionError(_ code: Errno) -> SystemError {
        SystemError("execve", on: program, code)
    }

    private static let killSignal: Int32 = 9
}
