// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import Redaction

/// `tacit cache prune`: makes room in the cache.
struct CachePruneCommand: Command {
    let name = "cache prune"
    let summary = "remove from the cache what was not used for thirty days, or is damaged"
    let details = """
        Prints a line for each repository that it removes. One that is being cloned from
        stays.
        """

    private static let age: Int64 = 30 * 86400 * 1_000_000_000

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let cache = MirrorCache(directory: "\(try context.directories().cache)/git")
        let now = WallClock.system.now()
        let moment = Timestamp(nanoseconds: now.nanoseconds - Self.age).seconds
        do {
            let removed = try await GitJob.run(GitOperation()) { () throws(GitError) in
                try cache.prune(unusedSince: moment)
            }
            for entry in removed { context.terminal.write("removed \(entry.url)\n") }
            return .success
        } catch {
            throw CommandFailure(error, Redactor())
        }
    }
}
