// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The files in which a repository keeps its objects.
struct ObjectStore {
    /// The `objects` directory.
    let directory: String

    /// Whether it holds all that its repository needs: it borrows nothing, and leaves no history out.
    var isSelfContained: Bool {
        let parent = directory.dropLast("/objects".count)
        return !exists("\(directory)/info/alternates") && !exists("\(parent)/shallow")
    }

    /// Copies every pack and every loose object to another store, of which nobody else knows yet.
    ///
    /// What the other store has of it already is complete and stays. Copies, and no links: whoever gets the other repository could write into files that it shares with
    /// this one. Where the filesystem can share blocks a copy costs nothing. Links in the store are not
    /// followed, so that a directory which a stranger prepared brings no other file along.
    func copy(to other: ObjectStore, _ operation: GitOperation) throws(GitError) {
        do {
            let names = try Directory.names(in: "\(directory)/pack")
            try Directory.create("\(other.directory)/pack", permissions: 0o755)
            // An index makes its pack known, so it comes last.
            for suffix in [".pack", ".idx"] {
                for name in names where name.hasPrefix("pack-") && name.hasSuffix(suffix) {
                    try operation.check(directory)
                    try copy("pack/\(name)", to: other)
                }
            }
            for folder in try Directory.names(in: directory)
            where folder.utf8.count == 2 && folder.utf8.allSatisfy(ObjectID.isHexDigit) {
                try Directory.create("\(other.directory)/\(folder)", permissions: 0o755)
                for name in try Directory.names(in: "\(directory)/\(folder)")
                where name.utf8.count == 38 && name.utf8.allSatisfy(ObjectID.isHexDigit) {
                    try operation.check(directory)
                    try copy("\(folder)/\(name)", to: other)
                }
            }
        } catch let error as SystemError {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        } catch let error as GitError {
            throw error
        } catch {
            preconditionFailure("copying files throws no other error: \(error)")
        }
    }

    /// Removes all objects.
    func clear() throws(GitError) {
        do throws(SystemError) {
            for name in try Directory.names(in: directory) where name != "info" {
                try Directory.removeTree("\(directory)/\(name)")
            }
        } catch {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        }
    }

    private func copy(_ path: String, to other: ObjectStore) throws(SystemError) {
        if exists("\(other.directory)/\(path)") { return }
        let source = try FileDescriptor.open("\(directory)/\(path)", [.readOnly, .noFollow])
        let target = try FileDescriptor.open(
            "\(other.directory)/\(path)",
            [.writeOnly, .create, .exclusive],
            permissions: 0o444
        )
        try source.copy(to: target)
    }

    private func exists(_ path: String) -> Bool {
        (try? FileStatus(of: path, followingLinks: false)) != nil
    }
}
