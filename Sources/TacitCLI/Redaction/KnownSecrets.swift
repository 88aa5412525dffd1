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
    static let classFlag = Flag(
        "class",
        value: "NAME",
        repeats: true,
        summary: "the secrets of this SecretProviderClass, fetched from its store"
    )
    static let runFlag = Flag(
        "run",
        value: "RUN",
        repeats: true,
        summary:
            "the secrets of a run on record (an id, the beginning of one, or latest), fetched again"
    )
    static let fileFlag = Flag(
        "file",
        "f",
        value: "FILE",
        repeats: true,
        completion: .files,
        summary: "where the class is written; default as for `tacit run`"
    )
    static let serviceAccountFlag = Flag(
        "serviceaccount",
        "s",
        value: "NAME",
        summary: "whose identity fetches a class's secrets; default `default`"
    )
    /// The flags that say where secrets are.
    static let flags = [
        secretsFlag, classFlag, runFlag, fileFlag, .namespace, serviceAccountFlag, .store,
    ]
    /// A file with more is none that a person wrote.
    private static let byteLimit = 64 << 20

    /// How a file of secrets is written, for the commands' help.
    static let fileFormat = """
        A file of secrets is JSON, {"NAME": "value", "OTHER": {"base64": "..."}}, or .env,
        NAME=value a line each. One newline at the end of a value is dropped; NAME is what
        stands in place of the value.
        """

    /// Whether the command line says where secrets are.
    static func areGiven(_ arguments: Arguments) -> Bool {
        arguments.has(secretsFlag) || arguments.has(classFlag) || arguments.has(runFlag)
    }

    /// Registers the secrets with `redactor`, and tells the user what is to be known about them.
    ///
    /// `classFiles` are files of classes besides those of `--file`.
    ///
    /// Throws `CommandFailure` when there are none, a file of them is wrong, or a store refuses.
    static func register(
        _ arguments: Arguments,
        _ context: CommandContext,
        classFiles: [String] = [],
        with redactor: Redactor
    ) async throws {
        if !areGiven(arguments) {
            throw CommandFailure.usage(
                "no secrets are given",
                hint:
                    "name a file of them with `--secrets FILE`, a class with `--class NAME`, or a run with `--run RUN`"
            )
        }
        if let shortfall = SecureHeap.shortfall(after: SecureHeap.open()) {
            context.terminal.note("warning: \(shortfall)")
        }
        for file in arguments.values(of: secretsFlag) {
            for secret in try await values(of: file, context.terminal) {
                secret.value.withBytes { redactor.register($0, name: secret.name) }
            }
        }
        if arguments.has(classFlag) {
            let files = arguments.values(of: fileFlag) + classFiles
            try await ClassSecrets(arguments, context, files: files).register(with: redactor)
        }
        for run in arguments.values(of: runFlag) {
            try await ClassSecrets(of: run, arguments, context).register(with: redactor)
        }
        for warning in redactor.warnings { context.terminal.note("warning: \(warning)") }
    }

    private static func values(
        of file: String,
        _ terminal: Terminal
    ) async throws -> [NamedValue] {
        let (values, diagnostics) = try await SystemThread.run("secrets") { try read(file) }
        // Without the file's lines, which hold the values.
        terminal.report(DiagnosticList(diagnostics))
        if diagnostics.contains(where: { $0.severity == .error }) {
            throw CommandFailure.usage("`\(file)` is no file of secrets")
        }
        if values.isEmpty { throw CommandFailure.usage("`\(file)` holds no secret") }
        return values
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
