// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// The way in which a run is told to stop: the first interrupt asks, the second insists.
package final class RunControl: Sendable {
    package enum Request: Int, Sendable, Comparable {
        case none
        /// End the steps with SIGTERM, then SIGKILL after the grace period.
        case terminate
        /// End them at once.
        case kill

        package static func < (left: Request, right: Request) -> Bool {
            left.rawValue < right.rawValue
        }
    }

    private struct State {
        var request = Request.none
        /// The signal of the first interrupt.
        var signal: Int32?
        var nextWaiter = 0
        var waiters: [Int: (above: Request, continuation: CheckedContinuation<Request?, Never>)] =
            [:]
    }

    private let state = Mutex(State())

    package init() {}

    /// Takes an interrupt; may be called from any thread.
    package func interrupt(signal: Int32) {
        let woken = state.withLock { state in
            state.request = state.request == .none ? .terminate : .kill
            state.signal = state.signal ?? signal
            let request = state.request
            let ready = state.waiters.filter { $0.value.above < request }
            for key in ready.keys { state.waiters[key] = nil }
            return (request, ready.values.map(\.continuation))
        }
        for continuation in woken.1 { continuation.resume(returning: woken.0) }
    }

    package var request: Request { state.withLock { $0.request } }

    /// The signal that first asked to stop; `nil` while none did.
    package var signal: Int32? { state.withLock { $0.signal } }

    /// Waits for a request that goes beyond `request`; `nil` when the waiting task is cancelled.
    func waitForRequest(above request: Request) async -> Request? {
        let key = state.withLock { state in
            state.nextWaiter += 1
            return state.nextWaiter
        }
        return await withTaskCancellationHandler {
            await withCheckedContinuation { continuation in
                let answer: Request?? = state.withLock { state in
                    if Task.isCancelled { return .some(nil) }
                    if state.request > request { return state.request }
                    state.waiters[key] = (request, continuation)
                    return nil
                }
                if let answer { continuation.resume(returning: answer) }
            }
        } onCancel: {
            let waiter = state.withLock { $0.waiters.removeValue(forKey: key) }
            waiter?.continuation.resume(returning: nil)
        }
    }
}
