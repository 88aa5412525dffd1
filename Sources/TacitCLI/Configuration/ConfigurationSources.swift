// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
internal import Platform

/// Where a command's configuration is looked for.
package struct ConfigurationSources: Sendable {
    /// The name of a project's file.
    package static let projectFile = "tacit.yaml"

    /// The user's own files, the one that counts first.
    var files: [String]
    /// Where the project's file may be.
    var project: String
    var state: StateDirectory
    var environment: [String: String]
    var userID: UInt32

    /// The places for this user and the current directory.
    ///
    /// TACIT_CONFIG names a file that takes the place of the user's and the system's.
    package init(
        environment: [String: String],
        state: StateDirectory,
        project: String = projectFile,
        system: String = "/etc/tacit/config.yaml",
        userID: UInt32 = CurrentProcess.userID
    ) {
        if let own = environment["TACIT_CONFIG"], !own.isEmpty {
            files = [own]
        } else {
            files = (state.configuration.map { [$0 + "/config.yaml"] } ?? []) + [system]
        }
        self.project = project
        self.state = state
        self.environment = environment
        self.userID = userID
    }

    /// Reads every source.
    ///
    /// - Returns: the configuration, everything wrong with it, and the files' bytes for showing it.
    /// - Throws: `CommandFailure` when a file is there and cannot be read, or could have been written by
    ///   others.
    package func load() throws -> (
        configuration: Configuration, diagnostics: DiagnosticList, sources: [String: [UInt8]]
    ) {
        var loader = ConfigurationLoader()
        loader.environment = environment
        loader.home = environment["HOME"]
        for path in files {
            let file = try ConfigurationFile.read(path, userID: userID, mustBeOwn: true)
            if file == nil, path == environment["TACIT_CONFIG"] {
                throw CommandFailure.usage("there is no `\(path)`, which TACIT_CONFIG names")
            }
            if let file { loader.files.append(file) }
        }
        if let file = try ConfigurationFile.read(project, userID: userID, mustBeOwn: false) {
            loader.project = file
            let path = try RealPath.resolve(project)
            loader.projectIsTrusted = try TrustStore(state).isTrusted(path, content: file.bytes)
        }
        let (configuration, diagnostics) = loader.load()
        let read = [loader.project].compactMap { $0 } + loader.files
        let sources = Dictionary(read.map { ($0.path, $0.bytes) }) { first, _ in first }
        return (configuration, diagnostics, sources)
    }
}
