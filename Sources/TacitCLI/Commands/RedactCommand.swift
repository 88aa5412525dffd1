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
        JSON, shell quotes and the like).

        """ + KnownSecrets.fileFormat
    let flags = [KnownSecrets.secretsFlag]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        if arguments.values(of: KnownSecrets.secretsFlag).contains("-") {
            throw CommandFailure.usage("standard input is the text to redact, not the secrets")
        }
        let secrets = try await KnownSecrets.load(arguments, context)
        let redactor = Redactor()
        redactor.register(secrets, warning: context.terminal)
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
