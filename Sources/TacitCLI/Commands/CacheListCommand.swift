// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import Redaction

/// `tacit cache list`: the mirrors of repositories that the cache keeps.
struct CacheListCommand: Command {
    let name = "cache list"
    let summary = "list the repositories that the cache keeps"
    let details = """
        One line for each: when it was last cloned from, its size, its address. Whoever
        clones one of them is still asked for credentials by its server.
        """

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let cache = MirrorCache(directory: "\(try context.directories().cache)/git")
        let entries: [MirrorCache.Entry]
        do {
            entries = try await GitJob.run(GitOperation()) { () throws(GitError) in
                try cache.list()
            }
        } catch {
            throw CommandFailure(error, Redactor())
        }
        if entries.isEmpty {
            context.terminal.note("the cache holds no repository")
            return .success
        }
        context.terminal.write("USED                   SIZE      REPOSITORY\n")
        for entry in entries { context.terminal.write(entry.line + "\n") }
        return .success
    }
}

extension MirrorCache.Entry {
    /// Its line in a table.
    var line: String {
        func padded(_ text: String, _ width: Int) -> String {
            text + String(repeating: " ", count: max(1, width - text.count))
        }
        let size = GitProgressLine.size(byteCount)
        let state = isDamaged ? " (damaged)" : ""
        return padded(used.isEmpty ? "never" : used, 23) + padded(size, 10) + url + state
    }
}
