// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import RunEngine
internal import Synchronization

/// The workspaces of a run that are bound to repositories: where they are cloned, and when that goes away.
///
/// They stand in Tacit's state directory, which no step sees, and are removed with the run; what a killed run
/// left is removed by the next one.
final class GitWorkspaces: Sendable {
    let items: [GitWorkspace]
    /// Holds the clones of this run; beside it stands its lock.
    private let directory: String
    private let parent: String
    /// Says that this run is not gone.
    private let lock = Mutex<FileLock?>(nil)

    /// Reads what `-w` names, and chooses the places; nothing is made yet.
    init(
        _ sources: [(name: String, source: RunArguments.WorkspaceSource)],
        state: String,
        secrets: GitSecrets
    ) throws(CommandFailure) {
        parent = "\(state)/workspaces"
        do {
            directory = "\(parent)/\(try RandomBytes.system.hexadecimal(byteCount: 8))"
        } catch {
            throw CommandFailure(.hostLacking, "\(error)")
        }
        var items: [GitWorkspace] = []
        for (name, source) in sources {
            guard case .git(let text) = source else { continue }
            let mark = text.lastIndex(of: "#")
            let revision = mark.map { String(text[text.index(after: $0)...]) }
            items.append(
                GitWorkspace(
                    name: name,
                    address: try secrets.address(String(text[..<(mark ?? text.endIndex)])),
                    revision: revision.flatMap { $0.isEmpty ? nil : $0 },
                    directory: "\(directory)/\(items.count)"
                )
            )
        }
        self.items = items
    }

    var isEmpty: Bool { items.isEmpty }

    /// The directories by the workspaces' names.
    var directories: [String: String] {
        Dictionary(items.map { ($0.name, $0.directory) }) { first, _ in first }
    }

    /// Makes the place, and removes what runs left that are gone.
    func prepare() throws(CommandFailure) {
        do {
            try Directory.create(parent, permissions: 0o700)
            for name in try Directory.names(in: parent) where !name.hasSuffix(".lock") {
                guard let lock = try? FileLock(creating: "\(parent)/\(name).lock") else { continue }
                try Directory.removeTree("\(parent)/\(name)")
                try? Directory.unlink("\(parent)/\(name).lock")
                lock.release()
            }
            let own = try FileLock(creating: "\(directory).lock")
            hold(own)
            try Directory.create(directory, permissions: 0o755)
        } catch {
            throw CommandFailure(.hostLacking, "the workspaces: \(error)")
        }
    }

    private func hold(_ own: consuming FileLock) {
        var held: FileLock? = own
        lock.withLock { swap(&$0, &held) }
    }

    /// Removes the clones.
    func remove() {
        if isEmpty { return }
        try? Directory.removeTree(directory)
        try? Directory.unlink("\(directory).lock")
        lock.withLock { $0 = nil }
    }
}
