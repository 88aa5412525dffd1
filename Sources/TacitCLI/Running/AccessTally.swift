// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import RunEngine
internal import Synchronization
internal import Tekton

/// Counts a run's reads of secrets, and the steps that read.
final class AccessTally: RunObserver {
    private struct State {
        var reads = 0
        /// What was read, so that a step's name is looked at once for each.
        var secrets: [ObjectIdentifier: AccessedSecret] = [:]
    }

    private let state = Mutex(State())

    /// How many reads there were, and by how many steps.
    var counts: (reads: Int, readers: Int) {
        state.withLock { state in
            let readers = Set(state.secrets.values.map { "\($0.taskRun)/\($0.step)" })
            return (state.reads, readers.count)
        }
    }

    func observe(_ event: RunEvent, line: JSONLine) throws {
        guard case .secretAccessed(let access) = event else { return }
        state.withLock { state in
            state.reads += 1
            state.secrets[ObjectIdentifier(access.secret)] = access.secret
        }
    }
}
