// SPDX-License-Identifier: Apache-2.0
internal import SecretFS
internal import Synchronization
internal import Tekton

/// Finds the journal of the run through whose tree a secret is reached.
final class JournalTable: Sendable {
    private struct State {
        var journals: [String: RunJournal] = [:]
        /// The TaskRuns that have not ended.
        var running: Set<String> = []
    }

    private let state = Mutex(State())

    func add(_ journal: RunJournal, for taskRun: String) {
        state.withLock { state in
            state.journals[taskRun] = journal
            state.running.insert(taskRun)
        }
    }

    /// Notes that a TaskRun has ended; its trees may still be there for a moment.
    func end(_ taskRun: String) {
        state.withLock { _ = $0.running.remove(taskRun) }
    }

    /// Emits an event to each run to which one of those TaskRuns belongs and which has not ended.
    ///
    /// A refusal is kept by the journal, and ends its run.
    func emit(_ event: RunEvent, toRunsOf taskRuns: Set<String>) {
        let journals = state.withLock { state in
            var found: [ObjectIdentifier: RunJournal] = [:]
            for name in taskRuns.intersection(state.running) {
                if let journal = state.journals[name] { found[ObjectIdentifier(journal)] = journal }
            }
            return found.values
        }
        for journal in journals { try? journal.emit(event) }
    }

    /// What puts the accesses to a file on record.
    func recorder(of file: AccessedFile) -> AccessRecorder {
        guard let journal = state.withLock({ $0.journals[file.reader.taskRun] }) else {
            preconditionFailure("a tree is published by a run that has a journal")
        }
        return journal.recorder(of: file)
    }
}
