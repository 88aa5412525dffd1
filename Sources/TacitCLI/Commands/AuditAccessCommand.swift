// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import RunRecords

/// `tacit audit access`: who read what, when; and whether that record is whole.
struct AuditAccessCommand: Command {
    let name = "audit access"
    let summary = "list who read which secret, when, from the record of the runs"
    let details = """
        Without filters: every access of every run on record, in order. An access is an
        open, or the first read by another process than the opener; values are never
        shown, `hash` is a keyed hash of them.

        Each line of a record is chained to the one before; the key and the head of each
        chain are in the state directory (`audit.key`, `audit/`), apart from the records
        below `runs/`. `--verify` checks all of it and ends with 1 where it does not hold.
        `--export-head` prints the heads; keep them elsewhere, and check them with
        `--verify --head FILE` against whoever can write to the state directory itself.

        `--join FILE` reads the audit log of a Vault or OpenBao server and prints one line
        for each request: the login, the read in the store, the processes that opened
        what it brought.
        """
    let flags = AuditAccessFlags.all

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let request = try AuditAccessArguments(arguments, now: WallClock.system.now())
        // For the key of the chains.
        _ = SecureHeap.open()
        let state = try context.directories().state
        let runs = try Self.runs(request, in: state)
        let report = AccessReport(
            terminal: context.terminal,
            format: request.format,
            state: state,
            filter: request.filter
        )
        return try await SystemThread.run("audit") {
            switch request.action {
            case .exportHeads: return try report.exportHeads(of: runs)
            case .verify(let saved): return try TrailReport(report).verify(runs, saved: saved)
            case .join(let log): return try StoreJoinReport(report).join(runs, with: log)
            case .list: return try report.list(runs)
            }
        }
    }

    /// The runs that are named, or all that have left a record or a head, oldest first.
    private static func runs(
        _ request: AuditAccessArguments,
        in state: String
    ) throws(CommandFailure) -> [RunIdentifier] {
        do throws(RunLookup.Failure) {
            if request.runs.isEmpty { return try RunLookup.all(in: state) }
            return try request.runs.map { name throws(RunLookup.Failure) in
                try RunLookup.find(name, in: state)
            }
        } catch {
            throw .usage("\(error)")
        }
    }
}
