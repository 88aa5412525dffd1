// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Platform
internal import YAML

/// `tacit trust DIR`: lets a project's `tacit.yaml`, as it stands, set every key.
struct TrustCommand: Command {
    let name = "trust"
    let summary = "let a project's tacit.yaml, as it stands, decide what the host gives away"
    let details = """
        Without trust a project may set only output, logs and images by name. Trust holds for
        the file's present content; when it changes, it must be trusted again.
        """
    let operands = [Operand("DIR", completion: .directories)]

    func run(_ arguments: Arguments, _ context: CommandContext) async throws -> ExitCode {
        let path = arguments.operands[0] + "/" + ConfigurationSources.projectFile
        let user = CurrentProcess.userID
        guard let file = try ConfigurationFile.read(path, userID: user, mustBeOwn: false) else {
            throw CommandFailure.usage("there is no `\(path)` to trust")
        }
        var loader = ConfigurationLoader()
        loader.project = file
        loader.projectIsTrusted = true
        loader.home = context.environment["HOME"]
        let (_, diagnostics) = loader.load()
        context.terminal.report(diagnostics, sources: [path: file.bytes])
        if diagnostics.hasErrors {
            throw CommandFailure.usage("`\(path)` is invalid, so it is not trusted")
        }
        let keys = file.entries.map(\.name).filter {
            ConfigurationKey(rawValue: $0)?.isHarmless == false
        }
        let store = TrustStore(try context.directories())
        try store.trust(try RealPath.resolve(path), content: file.bytes)
        let what = keys.isEmpty ? "nothing that needs trust" : keys.joined(separator: ", ")
        context.terminal.note("trusted `\(path)` as it stands; it sets \(what)")
        return .success
    }
}
