// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// One run's place in the state directory: `runs/<id>/`, with `events.jsonl` and `lock`.
///
/// The lock is held as long as the runner lives; a directory whose lock is free and whose events do not
/// end belongs to a run that was killed.
package final class RunDirectory: Sendable {
    package let identifier: RunIdentifier
    package let path: String
    package let events: EventFile
    private let lock: FileLock

    /// Makes the directory of a new run below `state` (0700; files 0600).
    ///
    /// - Parameters:
    ///   - identifier: of the run.
    ///   - state: the state directory.
    ///   - key: chains the events.
    ///   - byteLimit: how large accesses to secrets may make the event file.
    /// - Throws: `SystemError` when a file cannot be made, `CryptographyError`.
    package init(
        creating identifier: RunIdentifier,
        in state: String,
        key: TrailKey,
        byteLimit: Int
    ) throws {
        self.identifier = identifier
        path = "\(state)/runs/\(identifier)"
        try Directory.create(path, permissions: 0o700)
        lock = try FileLock(creating: "\(path)/lock")
        events = try EventFile(
            creating: "\(path)/events.jsonl",
            for: identifier,
            heads: TrailHeads(in: state),
            key: key,
            byteLimit: byteLimit
        )
    }
}
