// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics

extension CommandContext {
    /// Tacit's own directories.
    package func directories() throws(CommandFailure) -> StateDirectory {
        try StateDirectory(environment: environment)
    }

    /// The configuration from all of its sources.
    ///
    /// What is wrong with it is reported on the terminal, all at once; an error then ends the command.
    package func configuration() throws -> Configuration {
        let sources = ConfigurationSources(environment: environment, state: try directories())
        let loaded = try sources.load()
        terminal.report(loaded.diagnostics, sources: loaded.sources)
        if loaded.diagnostics.hasErrors {
            throw CommandFailure.usage("the configuration is invalid")
        }
        return loaded.configuration
    }
}
