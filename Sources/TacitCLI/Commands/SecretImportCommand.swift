// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import Platform
internal import Secrets

/// `tacit secret import FILE`: puts the secrets of a JSON or `.env` file into the embedded store.
struct SecretImportCommand: Command {
    /// A file with more cannot fit into the store.
    private static let byteLimit = 4 << 20

    let name = "secret import"
    let summary = "put the secrets of a JSON or .env file into the embedded store"
    let details = """
        JSON:   {"NAME": {"KEY": "value"}, "OTHER": "value"}; {"base64": "..."} for a value
                that is no text
        .env:   NAME=value, a line each

        A NAME without a KEY gets the key `value`. Values are taken as they are; keys that
        the store has already are replaced, its others stay. A file with a mistake changes
        nothing. FILE may be `-` for standard input. The file itself is left as it is.
        """
    let operands = [Operand("FILE")]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let file = arguments.operands[0]
        let store = try context.embeddedStore()
        let (records, diagnostics) = try await context.withStore { try Self.read(file) }
        // Without the file's lines, which hold the values.
        context.terminal.report(DiagnosticList(diagnostics))
        if diagnostics.contains(where: { $0.severity == .error }) { return .wrongUsage }
        if records.isEmpty { throw CommandFailure.usage("`\(file)` holds no secret") }
        try await context.withStore { try store.set(records) }
        for name in records.keys.sorted() {
            let keys = (records[name] ?? [:]).keys.sorted().map { "`\($0)`" }
            context.terminal.write("imported \(keys.joined(separator: ", ")) of \(name)\n")
        }
        return .success
    }

    private static func read(
        _ file: String
    ) throws -> (records: [String: [String: StoreValue]], diagnostics: [Diagnostic]) {
        let text = try LocalStoreError.reading("`\(file)`") { () throws(LockedFile.Failure) in
            SharedLockedBytes(
                file == "-"
                    ? try LockedFile.readStandardInput(limit: byteLimit)
                    : try LockedFile.read(file, limit: byteLimit)
            )
        }
        return try SecretsFile.records(in: text.bytes, file: file)
    }
}
