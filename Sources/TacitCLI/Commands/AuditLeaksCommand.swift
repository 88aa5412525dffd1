// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import JSON
internal import Platform
internal import Redaction
internal import Secrets

/// `tacit audit leaks PATH...`: where secret values stand in logs, without showing them.
struct AuditLeaksCommand: Command {
    private static let shapes = Flag(
        "shapes",
        summary: "report whatever looks like a credential, too, known or not"
    )
    private static let output = Flag(
        "output",
        "o",
        value: "FORMAT",
        choices: LeakReport.Format.allCases.map(\.rawValue),
        summary: "how to print what was found; default text"
    )

    let name = "audit leaks"
    let summary = "find secret values in logs, in any encoding, without showing them"
    let details = """
        Looks into files and all below directories, .gz and .zst too; `-` is standard input.
        Finds what `tacit redact` masks, and besides what is wrapped, coloured, spaced or in
        another letter case (secrets of 16 or more letters and digits), in hex dumps, and in
        base64, gzip and Zstandard within one another. Says where, and how sure it is, and
        never the value. Ends with 1 when something was found.

        """ + KnownSecrets.fileFormat
    let operands = [Operand("PATH", .oneOrMore)]
    let flags = KnownSecrets.flags + [shapes, output]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let paths = arguments.operands
        if paths.contains("-"), arguments.values(of: KnownSecrets.secretsFlag).contains("-") {
            throw CommandFailure.usage("standard input cannot be both the text and the secrets")
        }
        let findsShapes = arguments.has(Self.shapes)
        let redactor = Redactor(forAudits: true)
        // Shapes can be sought without any secret.
        if !findsShapes || KnownSecrets.areGiven(arguments) {
            try await KnownSecrets.register(arguments, context, with: redactor)
        }
        let audit = LeakAudit(redactor, findsShapes: findsShapes)
        let format = arguments.value(of: Self.output).flatMap(LeakReport.Format.init) ?? .text
        let terminal = context.terminal
        let key = format == .text ? nil : Self.key(context)
        return try await SystemThread.run("audit") {
            let report = LeakReport(redactor: redactor, fingerprints: LeakFingerprints(key: key))
            return Self.examine(paths, audit, report, format, terminal)
        }
    }

    /// The key of this host's fingerprints; without one there are none.
    private static func key(_ context: CommandContext) -> AuditKey? {
        do {
            let state = try context.directories().state
            if let shortfall = SecureHeap.shortfall(after: SecureHeap.open()) {
                context.terminal.note("warning: \(shortfall)")
            }
            return try AuditKey.open(stateDirectory: state)
        } catch {
            context.terminal.note("warning: findings have no fingerprints: \(error)")
            return nil
        }
    }

    private static func examine(
        _ paths: [String],
        _ audit: LeakAudit,
        _ emptyReport: LeakReport,
        _ format: LeakReport.Format,
        _ terminal: Terminal
    ) -> ExitCode {
        var report = emptyReport
        var progress = AuditProgress(terminal)
        var files = AuditedFiles(audit) { leak in
            report.add(leak)
            progress.clear()
            if format == .text { terminal.write(report.line(leak)) }
        }
        for path in paths {
            files.examine(path) { progress.show(fileCount: $0, byteCount: $1) }
        }
        files.finish()
        progress.clear()
        switch format {
        case .text: break
        case .json:
            write(report.json(fileCount: files.fileCount, byteCount: files.byteCount), terminal)
        case .sarif: write(report.sarif, terminal)
        }
        for failure in files.failures { terminal.note("error: \(report.redactor.redact(failure))") }
        let count = report.leaks.count
        terminal.note(
            "\(count) \(count == 1 ? "leak" : "leaks") in \(files.fileCount) "
                + (files.fileCount == 1 ? "file" : "files")
        )
        if count > 0 { return .runFailed }
        return files.failures.isEmpty ? .success : .wrongUsage
    }

    private static func write(_ document: JSONValue, _ terminal: Terminal) {
        try? terminal.write((document.serialize(.indented) + [UInt8(ascii: "\n")]).span)
    }
}
