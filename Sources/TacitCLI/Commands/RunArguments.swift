// SPDX-License-Identifier: Apache-2.0
internal import Secrets
package import Tekton

/// What `tacit run` was asked for, checked as far as the command line alone allows.
package struct RunArguments: Sendable {
    /// Where a param's value comes from.
    package enum ParamSource: Sendable, Hashable {
        case text(String)
        /// `@FILE`; `-` is standard input.
        case file(String)
    }

    /// What a workspace is bound to.
    package enum WorkspaceSource: Sendable, Hashable {
        /// A directory, by the path that was given.
        case directory(String)
        case emptyDirectory
        case secret(String)
        case configMap(String)
        /// `https://host/repo.git#revision`, as it stands behind `git+`.
        case git(String)
    }

    /// The FILEs, in order; none means what the current directory offers.
    package var files: [String]
    /// By name, each once, in order.
    package var params: [(name: String, source: ParamSource)] = []
    /// By name, each once, in order.
    package var workspaces: [(name: String, source: WorkspaceSource)] = []
    package var serviceAccount: String?
    package var namespace: String?
    package var task: String?
    package var pipeline: String?
    /// `nil` for what the YAML says; zero for no limit.
    package var timeout: GoDuration?
    /// How often secrets are fetched again; `nil` for what their classes say, zero for never.
    package var rotation: GoDuration?
    package var isDryRun: Bool
    package var opensShellOnFailure: Bool
    package var usesLocalStore: Bool
    package var logDirectory: String?
    /// `nil` for what the configuration says.
    package var output: OutputFormat?
    /// Whether the runs that a run makes are written too.
    package var showsChildren: Bool
    package var hasTimestamps: Bool
    /// `host`, `none` or `private`.
    package var network: String
    /// Whether a leak found at its end lets a run's outcome be.
    package var allowsLeaks: Bool
    /// `stable`, `beta` or `alpha`; `nil` for what the configuration says.
    package var api: String?

    /// Reads what the table has parsed.
    package init(_ arguments: Arguments) throws(CommandFailure) {
        files = arguments.operands
        serviceAccount = arguments.value(of: RunFlags.serviceAccount)
        namespace = arguments.value(of: .namespace)
        task = arguments.value(of: RunFlags.task)
        pipeline = arguments.value(of: RunFlags.pipeline)
        isDryRun = arguments.has(RunFlags.dryRun)
        opensShellOnFailure = arguments.has(RunFlags.shellOnFailure)
        usesLocalStore = arguments.has(.store)
        logDirectory = arguments.value(of: RunFlags.logDirectory)
        output = arguments.value(of: RunFlags.output).flatMap(OutputFormat.init)
        showsChildren = arguments.has(RunFlags.children)
        hasTimestamps = arguments.has(RunFlags.timestamps)
        network = arguments.value(of: RunFlags.network) ?? "host"
        allowsLeaks = arguments.has(RunFlags.allowLeaks)
        api = arguments.value(of: .api)
        if task != nil, pipeline != nil {
            throw .usage("`--task` and `--pipeline` exclude each other")
        }
        for param in try NamedArgument.all(of: RunFlags.param, in: arguments) {
            let isFile = param.value.hasPrefix("@")
            let source =
                isFile ? ParamSource.file(String(param.value.dropFirst())) : .text(param.value)
            params.append((param.name, source))
        }
        for workspace in try NamedArgument.all(of: RunFlags.workspace, in: arguments) {
            workspaces.append((workspace.name, try Self.source(of: workspace)))
        }
        timeout = try Self.timeout(in: arguments)
        rotation = try Self.rotation(in: arguments)
    }

    private static func source(
        of workspace: NamedArgument
    ) throws(CommandFailure) -> WorkspaceSource {
        let value = workspace.value
        let parts = value.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        switch parts[0] {
        case "secret" where parts.count > 1 && !parts[1].isEmpty: return .secret(String(parts[1]))
        case "config" where parts.count > 1 && !parts[1].isEmpty:
            return .configMap(String(parts[1]))
        case "secret", "config":
            if parts.count > 1 {
                throw .usage("workspace `\(workspace.name)`: `\(value)` lacks a name")
            }
        case "emptyDir": return .emptyDirectory
        case "": throw .usage("workspace `\(workspace.name)` is bound to nothing")
        default: break
        }
        if value.hasPrefix("git+") { return .git(String(value.dropFirst(4))) }
        if value.contains("://") {
            throw .usage(
                "workspace `\(workspace.name)`: a repository's address starts with `git+`",
                hint: "write `-w \(workspace.name)=git+https://host/repo.git#revision`"
            )
        }
        return .directory(value)
    }

    /// What `--rotate` says.
    static func rotation(in arguments: Arguments) throws(CommandFailure) -> GoDuration? {
        guard let text = arguments.value(of: RunFlags.rotate) else { return nil }
        if let interval = SecretProviderClass.rotation(text) { return interval }
        throw .usage(
            "`--rotate` takes `0` or a duration of a second or more, such as `2m`, not `\(text)`"
        )
    }

    private static func timeout(in arguments: Arguments) throws(CommandFailure) -> GoDuration? {
        guard let text = arguments.value(of: RunFlags.timeout) else { return nil }
        guard let duration = GoDuration(parsing: text), duration.nanoseconds >= 0 else {
            throw .usage("`--timeout` takes a duration such as `1h30m` or `90s`, not `\(text)`")
        }
        return duration
    }
}
