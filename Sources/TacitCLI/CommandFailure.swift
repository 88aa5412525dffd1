// SPDX-License-Identifier: Apache-2.0

/// Why a command cannot do what it was asked for, in words for its user, and the code to end with.
package struct CommandFailure: Error, Hashable, Sendable, CustomStringConvertible {
    package let code: ExitCode
    /// What was attempted, on what, and why it failed: lower case, no full stop, names in backticks.
    package let message: String
    /// What to do about it; `nil` when nothing useful can be said.
    package let hint: String?

    package init(_ code: ExitCode, _ message: String, hint: String? = nil) {
        self.code = code
        self.message = message
        self.hint = hint
    }

    /// The command line is wrong.
    package static func usage(_ message: String, hint: String? = nil) -> CommandFailure {
        CommandFailure(.wrongUsage, message, hint: hint)
    }

    package var description: String { message + (hint.map { "; \($0)" } ?? "") }
}
