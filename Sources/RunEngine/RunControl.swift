// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// The way in which a run is told to stop: the first interrupt asks, the second insists.
///
/// The runs that a PipelineRun makes follow its control, and each can be stopped by itself besides.
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
        /// Why, in the words of a TaskRun's `spec.statusMessage`.
        var words = ""
        var nextWaiter = 0
        var waiters: [Int: (above: Request, continuation: CheckedContinuation<Request?, Never>)] =
            [:]
        var followers: [ObjectIdentifier: RunControl] = [:]
    }

    private let state = Mutex(State())
    /// Why it stops when what it follows does.
    private let inheritedWords: String

    package init() {
        inheritedWords = ""
    }

    private init(inheritedWords: String) {
        self.inheritedWords = inheritedWords
    }

    /// Takes an interrupt; may be called from any thread.
    package func interrupt(signal: Int32) {
        raise(to: state.withLock { $0.request == .none ? .terminate : .kill }, signal, "")
    }

    /// Asks to stop, for a reason of the engine's own; no signal came.
    func cancel(because words: String) {
        raise(to: .terminate, nil, words)
    }

    private func raise(to request: Request, _ signal: Int32?, _ words: String) {
        let woken = state.withLock { state in
            if state.request == .none {
                state.words = words
                state.signal = signal
            }
            state.request = max(state.request, request)
            let ready = state.waiters.filter { $0.value.above < state.request }
            for key in ready.keys { state.waiters[key] = nil }
            return (
                state.request, ready.values.map(\.continuation), Array(state.followers.values)
            )
        }
        for continuation in woken.1 { continuation.resume(returning: woken.0) }
        for follower in woken.2 { follower.raise(to: woken.0, signal, follower.inheritedWords) }
    }

    package var request: Request { state.withLock { $0.request } }

    /// The signal that first asked to stop; `nil` while none did.
    package var signal: Int32? { state.withLock { $0.signal } }

    /// Why it was asked to stop, where the engine knows.
    var words: String { state.withLock { $0.words } }

    /// A control that stops when this one does, saying `words`; `release` it at the end.
    func makeFollower(saying words: String) -> RunControl {
        let follower = RunControl(inheritedWords: words)
        let (request, signal) = state.withLock { state in
            state.followers[ObjectIdentifier(follower)] = follower
            return (state.request, state.signal)
        }
        if request > .none { follower.raise(to: request, signal, words) }
        return follower
    }

    /// Lets a follower go.
    func release(_ follower: RunControl) {
        state.withLock { $0.followers[ObjectIdentifier(follower)] = nil }
    }

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
