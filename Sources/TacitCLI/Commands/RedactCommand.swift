// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction

/// `tacit redact`: the redactor as a filter.
struct RedactCommand: Command {
    private static let input = Flag(
        "in",
        value: "FILE",
        completion: .files,
        summary: "read this file instead of standard input"
    )
    private static let output = Flag(
        "out",
        value: "FILE",
        completion: .files,
        summary: "write to this file (0600) instead of standard output"
    )
    private static let stats = Flag(
        "stats",
        summary: "say at the end, on standard error, how often each secret was masked in which form"
    )

    let name = "redact"
    let summary = "mask secrets in what comes on standard input"
    let details = """
        Copies standard input to standard output as it comes, with [REDACTED:NAME] in place of each
        secret: as it is, and in the forms in which programs print it (base64, hex, URLs,
        JSON, shell quotes and the like). With `--class`, FILE is where the class is written.

        """ + KnownSecrets.fileFormat
    let operands = [Operand("FILE", .zeroOrMore)]
    let flags = KnownSecrets.flags + [input, output, stats]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let input = arguments.value(of: Self.input) ?? "-"
        if input == "-", arguments.values(of: KnownSecrets.secretsFlag).contains("-") {
            throw CommandFailure.usage("standard input is the text to redact, not the secrets")
        }
        if !arguments.operands.isEmpty, !arguments.has(KnownSecrets.classFlag) {
            throw CommandFailure.usage(
                "`tacit redact` reads standard input, not `\(arguments.operands[0])`",
                hint:
                    "name the file with `--in`; an operand says where the class of `--class` is written"
            )
        }
        let redactor = Redactor()
        try await KnownSecrets.register(
            arguments,
            context,
            classFiles: arguments.operands,
            with: redactor
        )
        let (source, target) = try Self.files(input, arguments.value(of: Self.output))
        let terminal = context.terminal
        do {
            try await SystemThread.run("redact") {
                let filter = RedactionFilter(redactor: redactor) { bytes throws(SystemError) in
                    if let target {
                        try target.descriptor.write(bytes)
                    } else {
                        try terminal.write(bytes)
                    }
                }
                try filter.copy(source.descriptor)
            }
        } catch let error as SystemError {
            if error.operation != "write" {
                throw CommandFailure(.hostLacking, "cannot read `\(input)`: \(error)")
            }
            // Where standard output fails the end of the command says so; a reader that left is no failure.
            if target != nil { throw CommandFailure(.hostLacking, "the output: \(error)") }
        }
        if arguments.has(Self.stats) { terminal.note(Self.text(of: redactor.maskCounts)) }
        return .success
    }

    /// Opens what is read, and what is written where it is a file.
    private static func files(
        _ input: String,
        _ output: String?
    ) throws(CommandFailure) -> (source: SharedDescriptor, target: SharedDescriptor?) {
        do {
            let source = SharedDescriptor(
                input == "-" ? try FileDescriptor.standardInput() : try FileDescriptor.open(input)
            )
            guard let output, output != "-" else { return (source, nil) }
            if let known = try? Path.resolved(output), (try? Path.resolved(input)) == known {
                throw CommandFailure.usage("`--in` and `--out` are one file")
            }
            let target = try FileDescriptor.open(output, [.writeOnly, .create, .truncate])
            return (source, SharedDescriptor(target))
        } catch let failure as CommandFailure {
            throw failure
        } catch {
            throw CommandFailure.usage("\(error)")
        }
    }

    /// A line in all, and one for each secret and form.
    private static func text(of counts: [MaskCount]) -> String {
        let total = counts.reduce(0) { $0 + $1.count }
        let lines = counts.map { "  \($0.name) as \($0.encoding.rawValue): \($0.count)" }
        return (["\(total) \(total == 1 ? "mask" : "masks")"] + lines).joined(separator: "\n")
    }
}
