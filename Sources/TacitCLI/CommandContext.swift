// SPDX-License-Identifier: Apache-2.0
package import Sandbox

/// What a command may use of the process around it; everything a test wants to replace.
package struct CommandContext: Sendable {
    package let terminal: Terminal
    /// The variables of the environment.
    package let environment: [String: String]
    /// How Ctrl-C and SIGTERM reach the command.
    package let interruption: Interruption
    /// Starts the steps; there if the command said that it starts some.
    package let launcher: Launcher?
    /// All commands, for `help` and `completion`.
    package let commands: CommandTable

    package init(
        terminal: Terminal,
        environment: [String: String],
        interruption: Interruption = Interruption(),
        launcher: Launcher? = nil,
        commands: CommandTable = .all
    ) {
        self.terminal = terminal
        self.environment = environment
        self.interruption = interruption
        self.launcher = launcher
        self.commands = commands
    }

    /// Whether a CI service started the command, and reads what it prints.
    var isInCI: Bool {
        ["CI", "GITHUB_ACTIONS", "TF_BUILD", "TEAMCITY_VERSION", "GITLAB_CI", "JENKINS_URL"]
            .contains {
                !["", "false", "0"].contains((environment[$0] ?? "").lowercased())
            }
    }
}
