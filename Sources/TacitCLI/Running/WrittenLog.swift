// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A step's log that a run has written, by the directory that it was made in, wherever a step may have led
/// that directory's path since.
struct WrittenLog: Sendable {
    /// `nil` for that of an earlier attempt.
    var taskRun: String?
    /// The path of the directory, as it is told.
    var place: String
    var name: String
    var directory: SharedDescriptor

    /// What the proof at a run's end looks at.
    var artefact: RunProof.Artefact {
        let (name, directory, place) = (name, directory, place)
        return RunProof.Artefact(
            name: "\(place)/\(name)",
            open: {
                try directory.descriptor.openBeneath(name, [.readOnly, .nonBlocking])
            },
            quarantine: {
                let file = try directory.descriptor.openBeneath(name, [.readOnly, .nonBlocking])
                try file.setPermissions(0o600)
                try directory.descriptor.renameEntry(name, to: "\(name).quarantined")
                return "\(place)/\(name).quarantined"
            }
        )
    }
}
