// SPDX-License-Identifier: Apache-2.0
package import Platform
internal import Synchronization

/// Hands Ctrl-C and SIGTERM to the command that wants to end in order.
///
/// Without a handler a signal ends the process. A handler is called twice at most: the first signal asks,
/// the second insists, the third ends the process.
package final class Interruption: Sendable {
    private struct State {
        var handler: (@Sendable (Signal) -> Void)?
        var deliveries = 0
    }

    private let state = Mutex(State())

    package init() {}

    /// From now on signals go to `handler`, called on the thread that takes them.
    package func handle(with handler: @escaping @Sendable (Signal) -> Void) {
        state.withLock { $0.handler = handler }
    }

    /// Passes a signal on.
    ///
    /// - Returns: whether a handler took it; when none did, the process should end.
    func deliver(_ signal: Signal) -> Bool {
        let handler: (@Sendable (Signal) -> Void)? = state.withLock { state in
            state.deliveries += 1
            return state.deliveries <= 2 ? state.handler : nil
        }
        handler?(signal)
        return handler != nil
    }
}
