// SPDX-License-Identifier: Apache-2.0

/// `tacit version`: which tacit this is.
struct VersionCommand: Command {
    /// Semantic Versioning 2.0.
    static let version = "0.1.0"

    let name = "version"
    let summary = "print the version"

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        context.terminal.write("tacit \(Self.version)\n")
        return .success
    }
}
