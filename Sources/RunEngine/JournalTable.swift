// SPDX-License-Identifier: Apache-2.0
internal import SecretFS
internal import Synchronization

/// Finds the journal of the run through whose tree a secret is reached.
final class JournalTable: Sendable {
    private let journals = Mutex<[String: RunJournal]>([:])

    func add(_ journal: RunJournal, for taskRun: String) {
        journals.withLock { $0[taskRun] = journal }
    }

    /// What puts the accesses to a file on record.
    func recorder(of file: AccessedFile) -> AccessRecorder {
        guard let journal = journals.withLock({ $0[file.reader.taskRun] }) else {
            preconditionFailure("a tree is published by a run that has a journal")
        }
        return journal.recorder(of: file)
    }
}
