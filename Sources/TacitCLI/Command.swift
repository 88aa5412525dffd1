// SPDX-License-Identifier: Apache-2.0

/// One thing that `tacit` can be told to do.
///
/// The table of commands and their flags is data: parsing, `tacit help`, suggestions and shell completions
/// are all made from it.
package protocol Command: Sendable {
    /// The words after `tacit`: `run`, or `config show`.
    var name: String { get }
    /// What it does: a phrase for the list of commands, lower case, no full stop.
    var summary: String { get }
    /// What its help says beyond the summary; paragraphs, lines of at most 80 columns.
    var details: String { get }
    /// What it takes besides flags, in order; only the last may repeat or be left out.
    var operands: [Operand] { get }
    var flags: [Flag] { get }

    /// Whether it starts steps, given these arguments; the launcher is then forked before anything else.
    func startsSteps(_ arguments: Arguments) -> Bool

    /// Does it.
    ///
    /// A thrown `CommandFailure` is printed and its code returned; every other thrown error is taken for a
    /// bug of Tacit's own (70).
    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode
}

extension Command {
    package var details: String { "" }
    package var operands: [Operand] { [] }
    package var flags: [Flag] { [] }

    package func startsSteps(_ arguments: Arguments) -> Bool { false }
}
