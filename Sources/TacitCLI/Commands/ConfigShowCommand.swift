// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import YAML

/// `tacit config show`: every setting with where it comes from, itself a valid configuration.
struct ConfigShowCommand: Command {
    let name = "config show"
    let summary = "print the configuration, each value with where it comes from"
    let details = """
        In order: a command's flags; TACIT_OUTPUT, TACIT_TIMESTAMPS and
        TACIT_PARALLEL_TASKS; tacit.yaml of the current directory, which may set only output,
        logs, parallelTasks and images unless it is trusted (tacit trust); ~/.config/tacit/config.yaml; /etc/tacit/config.yaml; the default.
        """

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let configuration = try context.configuration()
        for entry in configuration.entries {
            let yaml = YAMLWriter.write(.object([entry.key.rawValue: entry.value]))
            let text = String(decoding: yaml, as: UTF8.self)
            context.terminal.write("# \(entry.origin)\n\(text)")
        }
        return .success
    }
}
