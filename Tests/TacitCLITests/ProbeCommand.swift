// SPDX-License-Identifier: Apache-2.0
import TacitCLI

/// Prints what it was given; stands for commands with flags of every kind.
struct ProbeCommand: Command {
    static let many = Flag("param", "p", value: "NAME=VALUE", repeats: true, summary: "many")
    static let one = Flag("name", "n", value: "NAME", summary: "one")
    static let choice = Flag(
        "output",
        "o",
        value: "FORMAT",
        choices: ["text", "json"],
        summary: "choice"
    )
    static let on = Flag("verbose", "v", summary: "on")
    static let dry = Flag("dry-run", summary: "dry")

    var name = "probe"
    var summary = "print what was given"
    var operands = [Operand("FILE", .zeroOrMore)]
    var flags = [many, one, choice, on, dry]
    var failure: (any Error)?

    func startsSteps(_ arguments: Arguments) -> Bool { !arguments.has(Self.dry) }

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        if let failure { throw failure }
        let switches = [Self.on, Self.dry].filter(arguments.has).map(\.name)
        context.terminal.write(
            "\(arguments.operands) \(arguments.values(of: Self.many))"
                + " \(arguments.value(of: Self.one) ?? "-") \(arguments.value(of: Self.choice) ?? "-")"
                + " \(switches)\n"
        )
        return .success
    }
}
