// SPDX-License-Identifier: Apache-2.0
internal import Git
internal import Platform
internal import Redaction

/// `tacit clone`: a repository into a directory, through the cache.
struct CloneCommand: Command {
    let name = "clone"
    let summary = "clone one branch of a git repository, through the cache"
    let details = """
        The directory must be missing or empty; it holds the clone when everything is
        there, and nothing before. Submodules are cloned too. The commit is printed.

        URL is https, http, ssh, git, file, user@host:path or a directory. A user and a
        token in it are used and stored nowhere. REVISION is a branch, a tag, a commit or
        a reference (refs/pull/7/head); without it the server's own HEAD is taken.

        NAME is a secret of the embedded store with the keys `username` and `password`,
        or `token`, or `ssh-privatekey` (and `known_hosts`, `passphrase`); NAME#KEY takes
        one key of it for the password. It is shown to the host of URL and to no other.
        """
    let operands = [
        Operand("URL", completion: .nothing), Operand("DIR", completion: .directories),
    ]
    let flags = [revision, depth, secret]

    private static let revision = Flag(
        "revision",
        value: "R",
        summary: "a branch, a tag, a commit or a reference"
    )
    private static let depth = Flag(
        "depth",
        value: "N",
        summary: "only the last N commits of the history; goes past the cache"
    )
    private static let secret = Flag(
        "secret",
        value: "NAME",
        summary: "a secret of the embedded store that lets one into the repository"
    )

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let redactor = Redactor()
        let configuration = try context.configuration()
        let directories = try context.directories()
        let secrets = GitSecrets(context: context, redactor: redactor)
        let address = try secrets.address(arguments.operands[0])
        var request = CloneRequest(address.url, revision: arguments.value(of: Self.revision))
        request.depth = try depth(arguments)
        request.access = GitAccess(configuration, environment: context.environment)
        secrets.add(address, to: &request.access)
        if let name = arguments.value(of: Self.secret) {
            try await secrets.add(stored: name, for: address.url, to: &request.access)
        }
        let line = GitProgressLine(context.terminal)
        let operation = GitOperation { line.show($0) }
        let interruption = GitInterruption(context.interruption, operation)
        let clone = GitClone(
            request,
            cache: MirrorCache(directory: "\(directories.cache)/git"),
            operation: operation
        )
        let directory = arguments.operands[1]
        do {
            let outcome = try await GitJob.run(operation) { () throws(GitError) in
                try clone.run(into: directory)
            }
            line.finish()
            report(outcome, directory, context.terminal)
            return .success
        } catch {
            line.finish()
            if let code = interruption.code { return code }
            throw CommandFailure(error, redactor)
        }
    }

    private func depth(_ arguments: Arguments) throws(CommandFailure) -> Int? {
        guard let text = arguments.value(of: Self.depth) else { return nil }
        guard let depth = Int(text), (1...Int(Int32.max)).contains(depth) else {
            throw .usage("`--depth` takes a number from 1 on")
        }
        return depth
    }

    private func report(_ outcome: CloneOutcome, _ directory: String, _ terminal: Terminal) {
        for note in outcome.notes { terminal.note("tacit: \(note)") }
        let place = outcome.branch.map { "branch `\($0)`" } ?? "no branch"
        let source = outcome.isFromCache ? ", nothing new to fetch" : ""
        terminal.note("tacit: cloned into `\(directory)`: \(place)\(source)")
        if let commit = outcome.commit { terminal.write("\(commit.id)\n") }
    }
}
