// SPDX-License-Identifier: Apache-2.0
internal import SecretFS
internal import Synchronization

/// Finds the journal of the run through whose tree a secret was reached.
final class JournalTable: Sendable {
    private let journals = Mutex<[String: RunJournal]>([:])

    func add(_ journal: RunJournal, for taskRun: String) {
        journals.withLock { $0[taskRun] = journal }
    }

    /// Emits an access; throws when it cannot be recorded.
    func emit(_ access: SecretAccess) throws {
        guard let journal = journals.withLock({ $0[access.reader.taskRun] }) else {
            preconditionFailure("a tree is published by a run that has a journal")
        }
        try journal.emit(access)
    }
}
