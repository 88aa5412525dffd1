// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import Synchronization

/// A thread of our own that can be woken out of a blocking call.
///
/// Waking uses SIGURG, whose handler of this process does nothing: the call that blocks returns EINTR.
/// What the thread runs looks, after each EINTR, whether it is to end.
package final class InterruptibleThread: Sendable {
    private struct State {
        var thread: pthread_t?
        var hasEnded = false
    }

    private let state = Mutex(State())

    /// Starts a thread that runs `body` to its end.
    ///
    /// `name` is cut to 15 bytes, the kernel's limit.
    package init(_ name: String, _ body: @escaping @Sendable () -> Void) {
        SystemThread.start(name) { [self] in
            let allowed = clinux_allow_wake()
            precondition(allowed == 0, "a handler for SIGURG can be installed")
            state.withLock { $0.thread = pthread_self() }
            body()
            state.withLock { state in
                state.thread = nil
                state.hasEnded = true
            }
        }
    }

    /// Whether `body` has returned.
    package var hasEnded: Bool { state.withLock { $0.hasEnded } }

    /// Wakes the thread once; a call that it is about to make is not reached.
    package func interrupt() {
        state.withLock { state in
            if let thread = state.thread { clinux_wake(thread) }
        }
    }

    /// Wakes the thread until its body has returned.
    ///
    /// A wake between the body's look at its end condition and the blocking call would be lost, so it is
    /// repeated. Blocks; not to be called by the thread itself.
    package func interruptUntilEnded() {
        var pause = 50_000
        while true {
            let hasEnded = state.withLock { state in
                // The thread cannot be gone: it would have had to take the lock.
                if let thread = state.thread { clinux_wake(thread) }
                return state.hasEnded
            }
            if hasEnded { return }
            SystemThread.sleep(nanoseconds: pause)
            pause = min(pause * 2, 2_000_000)
        }
    }
}
