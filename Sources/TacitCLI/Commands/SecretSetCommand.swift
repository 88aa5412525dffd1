// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Secrets

/// `tacit secret set NAME KEY=VALUE...`: puts values into the embedded store.
struct SecretSetCommand: Command {
    let name = "secret set"
    let summary = "put values into the embedded, encrypted store"
    let details = """
        The first operand is the secret's NAME, as a class asks for it: Vault's
        secretPath (cicd/data/docker-registry), AWS's and Azure's objectName, GCP's
        resourceName. What follows sets keys of it; its other keys stay as they are.

        KEY=-       the value is standard input, without one trailing newline; on a
                    terminal one line is read and not shown
        KEY=@FILE   the value is the file's bytes as they are
        KEY=VALUE   the value stands on the command line, where other users of this
                    host and the shell's history can see it

        A secret that is one value and not several has the key `value`.

        The store is made when missing, with a key file that only you can read. Another
        key file is named by TACIT_STORE_KEY_FILE; TACIT_STORE_PASSPHRASE_FILE names a file
        with a passphrase to use instead.
        """
    let operands = [Operand("NAME KEY=VALUE", .oneOrMore, completion: .nothing)]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let name = arguments.operands[0]
        let assignments = try Self.assignments(arguments.operands.dropFirst(), of: name)
        let store = try context.embeddedStore()
        for assignment in assignments {
            guard case .literal = assignment.source else { continue }
            context.terminal.note(
                "warning: the value of `\(assignment.key)` stands on the command line, where other"
                    + " users and the shell's history can see it; use `\(assignment.key)=-`"
            )
        }
        let hidden = Self.hideInput(for: assignments, context)
        let version = try await context.withStore {
            var values: [String: StoreValue] = [:]
            let input = try FileDescriptor.standardInput()
            for assignment in assignments {
                values[assignment.key] = try assignment.read(
                    standardInput: input,
                    isTerminal: hidden != nil
                )
            }
            hidden?.restore()
            return try store.set(name, values)
        }
        let keys = assignments.map { "`\($0.key)`" }.joined(separator: ", ")
        context.terminal.write("set \(keys) of \(name), now at version \(version)\n")
        return .success
    }

    private static func assignments(
        _ words: ArraySlice<String>,
        of name: String
    ) throws(CommandFailure) -> [SecretAssignment] {
        var assignments: [SecretAssignment] = []
        for word in words {
            guard let assignment = SecretAssignment(word) else {
                // Without the word itself, which may well be a value.
                throw .usage(
                    "an operand is no KEY=VALUE",
                    hint: "for one value without a key write `value=-`"
                )
            }
            if assignments.contains(where: { $0.key == assignment.key }) {
                throw .usage("key `\(assignment.key)` is given twice")
            }
            assignments.append(assignment)
        }
        if assignments.isEmpty {
            throw .usage(
                "`tacit secret set` needs KEY=VALUE after the name",
                hint: "`tacit secret set \(name) value=-` reads one value from standard input"
            )
        }
        if assignments.count(where: { $0.source == .standardInput }) > 1 {
            throw .usage("standard input can be the value of one key only")
        }
        return assignments
    }

    /// Asks for the value on a terminal, without showing it; also when a signal ends the command.
    private static func hideInput(
        for assignments: [SecretAssignment],
        _ context: CommandContext
    ) -> HiddenInput? {
        guard let asked = assignments.first(where: { $0.source == .standardInput }),
            CurrentProcess.isTerminal(0)
        else { return nil }
        context.terminal.note("value of `\(asked.key)` (one line, not shown):")
        let hidden = HiddenInput(on: 0)
        context.interruption.handle { signal in
            hidden.restore()
            CurrentProcess.end(code: ExitCode(endedBy: signal).rawValue)
        }
        return hidden
    }
}
