// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction

/// `tacit redact`: the redactor as a filter.
struct RedactCommand: Command {
    let name = "redact"
    let summary = "mask secrets in what comes on standard input"
    let details = """
        Copies standard input to standard output, with [REDACTED:NAME] in place of each
        secret: as it is, and in the forms in which programs print it (base64, hex, URLs,
        JSON, shell quotes and the like). With `--class`, FILE is where the class is written.

        """ + KnownSecrets.fileFormat
    let operands = [Operand("FILE", .zeroOrMore)]
    let flags = KnownSecrets.flags

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        if arguments.values(of: KnownSecrets.secretsFlag).contains("-") {
            throw CommandFailure.usage("standard input is the text to redact, not the secrets")
        }
        if !arguments.operands.isEmpty, !arguments.has(KnownSecrets.classFlag) {
            throw CommandFailure.usage(
                "`tacit redact` reads standard input, not `\(arguments.operands[0])`",
                hint: "a FILE says where the class of `--class` is written"
            )
        }
        let redactor = Redactor()
        try await KnownSecrets.register(
            arguments,
            context,
            classFiles: arguments.operands,
            with: redactor
        )
        let filter = RedactionFilter(redactor: redactor, terminal: context.terminal)
        do {
            try await SystemThread.run("redact") {
                try filter.copy(try FileDescriptor.standardInput())
            }
        } catch let error as SystemError {
            // Where the output fails the end of the command says so; a reader that left is no failure.
            if error.operation == "write" { return .success }
            throw CommandFailure(.hostLacking, "cannot read standard input: \(error)")
        }
        return .success
    }
}
