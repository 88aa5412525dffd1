// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import RunRecords
internal import Secrets

/// What everything that puts secrets into others' hands begins with.
extension CommandContext {
    /// Readies the state directory, the locked memory and the key of the records' hashes.
    func openSecrets(
        in state: String,
        _ configuration: Configuration
    ) throws(CommandFailure) -> AuditKey {
        do {
            try Directory.create(state, permissions: 0o700)
        } catch {
            throw CommandFailure(.hostLacking, "the state directory: \(error)")
        }
        switch SecureHeap.open(byteCount: configuration.secretByteLimit) {
        case .locked: break
        case .unlocked:
            terminal.note(
                "tacit: warning: the memory-lock limit is too small: secrets may be swapped out"
            )
        case .unavailable:
            throw CommandFailure(.hostLacking, "no locked memory can be had for secrets")
        }
        do {
            return try AuditKey.open(stateDirectory: state)
        } catch {
            throw CommandFailure(.hostLacking, "the key of the records: \(error)")
        }
    }

    /// Makes the record of a run, or of a mount: `subject` is what messages call it.
    func createRecord(
        of subject: String,
        in state: String,
        _ key: AuditKey,
        _ configuration: Configuration
    ) throws(CommandFailure) -> RunDirectory {
        do {
            return try RunDirectory(
                creating: RunIdentifier(randomness: .system),
                in: state,
                key: try TrailKey(of: key),
                byteLimit: configuration.recordByteLimit
            )
        } catch {
            throw CommandFailure(.hostLacking, "the \(subject) cannot be recorded: \(error)")
        }
    }
}
