// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Who runs `tacit` in a test that is run by root: a user without any power over the host.
package enum OrdinaryUser: String, Sendable, CaseIterable {
    /// In /etc/passwd, with subordinate ids.
    case withRanges = "tacit-test"
    /// A number that no user has, and no range.
    case alone = "54321"

    /// Whether this process can become one; the condition of the tests that do.
    package static var isPossible: Bool { LauncherProcess.isPrivileged }

    /// `command`, whose program is `tacit`, as this user; the directories that it names become his.
    package func runs(_ command: Command) -> Command {
        var command = command
        command.arguments[0] = "\(Checkout.root)/Tests/as-ordinary-user"
        var environment = command.environment ?? EnvironmentVariables.current
        environment["TACIT_TEST_USER"] = rawValue
        environment["TACIT_BINARY"] = Checkout.builtTacit
        command.environment = environment
        return command
    }
}
