// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Keeps two commands from running in the same directory at a time.
///
/// The directories that `-w` binds are locked until the command ends, however it ends; the runs of one command
/// share them.
final class WorkspaceLocks: Sendable {
    private let locks: [DirectoryHolder]

    /// Locks the directories; refuses one that another command has, with its process.
    init(_ workspaces: [(name: String, path: String)]) throws(CommandFailure) {
        var taken: Set<String> = []
        var locks: [DirectoryHolder] = []
        for (name, path) in workspaces where taken.insert(path).inserted {
            do {
                locks.append(DirectoryHolder(try DirectoryLock(path)))
            } catch  where error.code == .wouldBlock {
                let holder = DirectoryLock.holder(of: path).map { " (process \($0))" } ?? ""
                throw CommandFailure(
                    .hostLacking,
                    "workspace `\(name)`: another run\(holder) is using `\(path)`",
                    hint: "wait until it has ended, or bind another directory"
                )
            } catch {
                // A filesystem without locks, or a directory that cannot be opened; the run finds the latter.
            }
        }
        self.locks = locks
    }
}

/// Holds one lock, for an array takes no value that cannot be copied.
private final class DirectoryHolder: Sendable {
    private let lock: DirectoryLock

    init(_ lock: consuming DirectoryLock) {
        self.lock = lock
    }
}
