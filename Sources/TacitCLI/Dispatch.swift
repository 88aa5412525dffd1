// SPDX-License-Identifier: Apache-2.0
internal import Platform
package import Sandbox

/// Finds the command that a command line names, runs it, and turns what comes of it into a code.
package struct Dispatch: Sendable {
    /// A command and its arguments, checked.
    package struct Invocation: Sendable {
        let command: any Command
        let arguments: Arguments

        /// Whether the launcher must be forked first.
        var startsSteps: Bool { !arguments.has(.help) && command.startsSteps(arguments) }
    }

    private let terminal: Terminal
    private let environment: [String: String]
    private let commands: CommandTable

    package init(
        terminal: Terminal,
        environment: [String: String],
        commands: CommandTable = .all
    ) {
        self.terminal = terminal
        self.environment = environment
        self.commands = commands
    }

    /// Checks a command line, given without the program's own name; none at all asks for help.
    package func resolve(_ words: [String]) throws(CommandFailure) -> Invocation {
        let (command, arguments) = try commands.resolve(words.isEmpty ? ["help"] : words)
        return Invocation(command: command, arguments: arguments)
    }

    /// Runs a command to its end; what it throws is printed.
    package func run(
        _ invocation: Invocation,
        _ interruption: Interruption = Interruption(),
        _ launcher: Launcher? = nil
    ) async -> ExitCode {
        let context = CommandContext(
            terminal: terminal,
            environment: environment,
            interruption: interruption,
            launcher: launcher,
            commands: commands
        )
        do {
            let code = try await outcome(of: invocation, context)
            if let failure = terminal.outputFailure, code == .success {
                throw CommandFailure(.hostLacking, "standard output: \(failure.code)")
            }
            return code
        } catch let failure as CommandFailure {
            terminal.report(failure)
            return failure.code
        } catch {
            terminal.report(
                CommandFailure(
                    .internalError,
                    "internal error in `tacit \(invocation.command.name)`: \(error)",
                    hint: "this is a bug of tacit's own; please report it"
                )
            )
            return .internalError
        }
    }

    private func outcome(
        of invocation: Invocation,
        _ context: CommandContext
    ) async throws -> ExitCode {
        if invocation.arguments.has(.help) {
            terminal.write(HelpText.command(invocation.command))
            return .success
        }
        return try await invocation.command.run(invocation.arguments, context)
    }

    /// Checks and runs a command line; for tests.
    package func run(_ words: [String]) async -> ExitCode {
        do {
            return await run(try resolve(words))
        } catch {
            terminal.report(error)
            return error.code
        }
    }
}
