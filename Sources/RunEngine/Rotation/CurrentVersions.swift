// SPDX-License-Identifier: Apache-2.0
internal import SecretFS
internal import Secrets
internal import Synchronization

/// Which version of each secret counts now, where it is another than the first.
///
/// A tree is published and a version replaced one after the other, so that nothing is published that was
/// replaced already.
final class CurrentVersions: Sendable {
    private let versions = Mutex<[ObjectIdentifier: SecretVersion]>([:])

    /// The version that counts in place of `version`.
    func current(_ version: SecretVersion) -> SecretVersion {
        versions.withLock { $0[ObjectIdentifier(version.lineage)] ?? version }
    }

    /// Publishes a tree with the versions that count now.
    func publish(
        _ tree: StepWorldBuilder.Publication,
        in filesystem: SecretFilesystem
    ) throws(SecretFSError) {
        try versions.withLock { versions throws(SecretFSError) in
            let files = tree.files.map { file in
                var file = file
                file.content = versions[ObjectIdentifier(file.content.lineage)] ?? file.content
                return file
            }
            try filesystem.publish(files, for: tree.reader, at: tree.path)
        }
    }

    /// Lets new versions count, together; when it returns, new opens see them.
    func replace(with successors: [SecretVersion], in filesystem: SecretFilesystem) {
        versions.withLock { versions in
            for version in successors { versions[ObjectIdentifier(version.lineage)] = version }
            filesystem.replace(with: successors)
        }
    }
}
