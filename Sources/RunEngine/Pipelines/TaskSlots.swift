// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// How many TaskRuns of a run may be at work at once; whoever comes first goes first.
final class TaskSlots: Sendable {
    private struct State {
        var free: Int
        var waiters: [CheckedContinuation<Void, Never>] = []
        /// The waiters before it have been let go.
        var first = 0
    }

    private let state: Mutex<State>

    init(count: Int) {
        state = Mutex(State(free: max(1, count)))
    }

    /// Waits for a slot; `release` it.
    func acquire() async {
        await withCheckedContinuation { continuation in
            let isFree = state.withLock { state in
                if state.free > 0 {
                    state.free -= 1
                    return true
                }
                state.waiters.append(continuation)
                return false
            }
            if isFree { continuation.resume() }
        }
    }

    func release() {
        let next = state.withLock { state -> CheckedContinuation<Void, Never>? in
            guard state.first < state.waiters.count else {
                state.free += 1
                state.waiters = []
                state.first = 0
                return nil
            }
            state.first += 1
            return state.waiters[state.first - 1]
        }
        next?.resume()
    }
}
