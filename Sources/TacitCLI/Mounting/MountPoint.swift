// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The directory that secrets are mounted on: made if it was missing, and taken away again then.
struct MountPoint {
    /// Absolute, without links.
    let path: String
    let records: MountRecords
    private let isMade: Bool

    /// Cleans up what killed mounts have left, and makes the directory ready.
    ///
    /// A directory with something in it is refused: the mount would hide it.
    init(_ directory: String, in state: String) throws(CommandFailure) {
        records = MountRecords(in: state)
        _ = records.cleanUp()
        let isMissing = (try? FileStatus(of: directory)) == nil
        do {
            if isMissing { try Directory.create(directory, permissions: 0o755) }
            path = try Path.resolved(directory)
            let names = try Directory.names(in: path)
            if MountRecords.isMounted(path) {
                throw CommandFailure.usage("secrets are mounted at `\(path)` already")
            }
            if !names.isEmpty {
                throw CommandFailure.usage(
                    "`\(path)` is not empty",
                    hint: "name an empty directory, or one that is not there, with `--at`"
                )
            }
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw .usage("cannot mount at `\(directory)`: \(error)")
        }
        isMade = isMissing
    }

    /// Takes the directory away if it was made.
    func close() {
        if isMade { try? Directory.removeEmpty(path) }
    }
}
