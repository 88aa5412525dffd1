// SPDX-License-Identifier: Apache-2.0

/// `tacit help [COMMAND]`: what there is, or all about one command.
struct HelpCommand: Command {
    let name = "help"
    let summary = "list the commands, or tell about one"
    let operands = [Operand("COMMAND", .zeroOrMore, completion: .commands)]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let name = arguments.operands.joined(separator: " ")
        if name.isEmpty {
            context.terminal.write(HelpText.overview(context.commands))
        } else if let command = context.commands.command(named: name) {
            context.terminal.write(HelpText.command(command))
        } else if case let group = context.commands.group(name), !group.isEmpty {
            context.terminal.write(HelpText.group(name, group))
        } else {
            // Fails, and says what is near.
            _ = try context.commands.resolve(arguments.operands)
            throw CommandFailure.usage("unknown command `\(name)`", hint: "see `tacit help`")
        }
        return .success
    }
}
