// SPDX-License-Identifier: Apache-2.0
import Platform
import SecretFS
import Synchronization

/// Keeps what a filesystem reports; fails or holds an access up when it is told to.
final class AccessLog: Sendable {
    struct Full: Error {}

    private struct State {
        var accesses: [SecretAccess] = []
        var count = 0
        var failing: Set<Int> = []
        /// The path whose accesses wait, and how many wait.
        var held: String?
        var waiting = 0
    }

    private let state = Mutex(State())

    /// The reports that did not fail, in order.
    var all: [SecretAccess] { state.withLock { $0.accesses } }

    /// How many accesses are held up.
    var waitingCount: Int { state.withLock { $0.waiting } }

    /// Makes accesses to a path wait until `release`.
    func hold(_ path: String) {
        state.withLock { $0.held = path }
    }

    func release() {
        state.withLock { $0.held = nil }
    }

    /// Makes the n-th reports from now fail, counted from 1.
    func fail(at reports: Int...) {
        state.withLock { state in
            state.failing = Set(reports.map { $0 + state.count })
        }
    }

    func append(_ access: SecretAccess) throws {
        wait(at: access.file.path)
        try state.withLock { state in
            state.count += 1
            if state.failing.contains(state.count) { throw Full() }
            state.accesses.append(access)
        }
    }

    private func wait(at path: String) {
        if state.withLock({ $0.held }) != path { return }
        state.withLock { $0.waiting += 1 }
        while state.withLock({ $0.held }) == path { SystemThread.sleep(nanoseconds: 1_000_000) }
        state.withLock { $0.waiting -= 1 }
    }
}
