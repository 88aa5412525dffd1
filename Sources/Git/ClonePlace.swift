// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Where a clone is built, and where it ends up.
struct ClonePlace {
    /// The directory that was asked for.
    let directory: String
    /// Beside it, or within it where it is a mount; nobody knows it.
    let temporary: String
    /// Whether the directory stays and takes up what was built, entry by entry.
    private let isMoved: Bool
    private let wasMissing: Bool
    /// Of the finished clone; nobody else looks into an unfinished one.
    private let permissions: UInt32

    /// Looks whether `path` can take a clone, and makes the place to build it.
    ///
    /// - Throws: `GitError.destination`.
    init(_ path: String) throws(GitError) {
        var directory = path
        while directory.count > 1, directory.hasSuffix("/") { directory.removeLast() }
        self.directory = directory
        do {
            wasMissing = (try? FileStatus(of: directory)) == nil
            if !wasMissing, try !Directory.names(in: directory).isEmpty {
                throw GitError("clone", on: directory, .destination, "the directory is not empty")
            }
            let random = try RandomBytes.system.bytes(6).map { byte in
                String(byte, radix: 16)
            }.joined()
            let name = ".tacit-clone-\(random)"
            let parent = Self.parent(of: directory)
            if wasMissing { try Directory.create(parent, permissions: 0o755) }
            // A directory that was there may be a mount, or stand where nothing else may be made: it is kept.
            isMoved = !wasMissing
            temporary = isMoved ? "\(directory)/\(name)" : "\(parent)/\(name)"
            try Directory.create(temporary, permissions: 0o755)
            permissions = try FileStatus(of: temporary).permissions
            try FileDescriptor.open(temporary, .directory).setPermissions(0o700)
        } catch let error as SystemError {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        } catch let error as GitError {
            throw error
        } catch {
            preconditionFailure("making a directory throws a system error: \(error)")
        }
    }

    /// Gives the clone its name.
    func publish() throws(GitError) {
        do throws(SystemError) {
            if !isMoved {
                try FileDescriptor.open(temporary, .directory).setPermissions(permissions)
                try Directory.rename(temporary, to: directory)
                return
            }
            // `.git` last: without it nobody takes the directory for a repository.
            for name in try Directory.names(in: temporary) where name != ".git" {
                try Directory.rename("\(temporary)/\(name)", to: "\(directory)/\(name)")
            }
            try Directory.rename("\(temporary)/.git", to: "\(directory)/.git")
            try Directory.removeTree(temporary)
        } catch {
            throw GitError(error.operation, on: error.subject, .destination, "\(error.code)")
        }
    }

    /// Leaves the directory as it was.
    func discard() {
        try? Directory.removeTree(temporary)
        guard isMoved, let names = try? Directory.names(in: directory) else { return }
        for name in names { try? Directory.removeTree("\(directory)/\(name)") }
    }

    private static func parent(of path: String) -> String {
        guard let slash = path.lastIndex(of: "/") else { return "." }
        return slash == path.startIndex ? "/" : String(path[..<slash])
    }
}
