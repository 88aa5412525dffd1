// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import Platform
internal import Redaction
internal import Secrets

/// The secrets that `redact` and `audit leaks` look for, from where the command line says.
enum KnownSecrets {
    static let secretsFlag = Flag(
        "secrets",
        value: "FILE",
        repeats: true,
        completion: .files,
        summary: "the secrets of a JSON or .env file, or of standard input (`-`)"
    )
    /// A file with more is none that a person wrote.
    private static let byteLimit = 64 << 20

    /// How a file of secrets is written, for the commands' help.
    static let fileFormat = """
        A file of secrets is JSON, {"NAME": "value", "OTHER": {"base64": "..."}}, or .env,
        NAME=value a line each. One newline at the end of a value is dropped; NAME is what
        stands in place of the value.
        """

    /// Whether the command line says where secrets are.
    static func areGiven(_ arguments: Arguments) -> Bool { arguments.has(secretsFlag) }

    /// Reads the secrets; what is wrong with a file is reported.
    ///
    /// - Throws: `CommandFailure` when there are none, or a file of them is wrong.
    static func load(
        _ arguments: Arguments,
        _ context: CommandContext
    ) async throws -> [NamedValue] {
        let files = arguments.values(of: secretsFlag)
        if files.isEmpty {
            throw CommandFailure.usage(
                "no secrets are given",
                hint: "name a file of them with `--secrets FILE`"
            )
        }
        if let shortfall = SecureHeap.shortfall(after: SecureHeap.open()) {
            context.terminal.note("warning: \(shortfall)")
        }
        var secrets: [NamedValue] = []
        for file in files {
            let (values, diagnostics) = try await SystemThread.run("secrets") { try read(file) }
            // Without the file's lines, which hold the values.
            context.terminal.report(DiagnosticList(diagnostics))
            if diagnostics.contains(where: { $0.severity == .error }) {
                throw CommandFailure.usage("`\(file)` is no file of secrets")
            }
            if values.isEmpty { throw CommandFailure.usage("`\(file)` holds no secret") }
            secrets += values
        }
        return secrets
    }

    private static func read(
        _ file: String
    ) throws -> (values: [NamedValue], diagnostics: [Diagnostic]) {
        let text: LockedBytes
        do {
            text =
                file == "-"
                ? try LockedFile.readStandardInput(limit: byteLimit)
                : try LockedFile.read(file, limit: byteLimit)
        } catch {
            throw CommandFailure.usage("cannot read `\(file)`: \(error)")
        }
        do {
            return try SecretsFile.values(in: text, file: file)
        } catch {
            throw CommandFailure(.hostLacking, "\(error)")
        }
    }
}

extension Redactor {
    /// Registers secrets, and tells the user what is to be known about them.
    func register(_ secrets: [NamedValue], warning terminal: Terminal) {
        for secret in secrets {
            secret.value.withBytes { register($0, name: secret.name) }
        }
        for warning in warnings { terminal.note("warning: \(warning)") }
    }
}
