// SPDX-License-Identifier: Apache-2.0
import SecretFS
import Synchronization

/// Keeps what a filesystem reports, and fails when it is told to.
final class AccessLog: Sendable {
    struct Full: Error {}

    private struct State {
        var accesses: [SecretAccess] = []
        var count = 0
        var failing: Set<Int> = []
    }

    private let state = Mutex(State())

    /// The reports that did not fail, in order.
    var all: [SecretAccess] { state.withLock { $0.accesses } }

    /// Makes the n-th reports from now fail, counted from 1.
    func fail(at reports: Int...) {
        state.withLock { state in
            state.failing = Set(reports.map { $0 + state.count })
        }
    }

    func append(_ access: SecretAccess) throws {
        try state.withLock { state in
            state.count += 1
            if state.failing.contains(state.count) { throw Full() }
            state.accesses.append(access)
        }
    }
}
