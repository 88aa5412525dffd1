// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import RunEngine
internal import Sandbox
internal import Tekton

extension RunArguments {
    /// The gates that `--api` and the configuration open.
    func gates(_ configuration: Configuration) -> FeatureGates {
        FeatureGates(level: api, flags: configuration.featureFlags)
    }

    /// What the flag `--network` asks for.
    var taskNetwork: TaskNetwork {
        switch network {
        case "none": .none
        case "private": .isolated
        default: .host
        }
    }

    /// The host's directories that workspaces are bound to, without links, by workspace.
    var boundDirectories: [(name: String, path: String)] {
        workspaces.compactMap { name, source in
            guard case .directory(let path) = source, let resolved = try? Path.resolved(path)
            else { return nil }
            return (name, resolved)
        }
    }

    /// What the planner needs of the command line; files named by `-p NAME=@FILE` are read here.
    ///
    /// - Parameter clones: where workspaces that are repositories will be, by name.
    /// - Returns: what the planner needs.
    /// - Throws: when a file or a directory is not there.
    func options(clones: [String: String] = [:]) throws(CommandFailure) -> RunOptions {
        var options = RunOptions()
        options.serviceAccount = serviceAccount
        options.namespace = namespace
        options.task = task
        options.pipeline = pipeline
        options.timeout = timeout?.duration
        for (name, source) in params {
            options.params.append(
                RunOptions.ParamArgument(name: name, text: try Self.text(of: source, param: name))
            )
        }
        for (name, source) in workspaces {
            if let directory = clones[name] {
                options.workspaces.append((name, .directory(directory)))
                continue
            }
            options.workspaces.append((name, try Self.source(source, workspace: name)))
        }
        return options
    }

    private static func text(
        of source: ParamSource,
        param: String
    ) throws(CommandFailure) -> String {
        switch source {
        case .text(let text): return text
        case .file(let path):
            do {
                let bytes =
                    path == "-"
                    ? try FileDescriptor.standardInput().readToEnd(limit: SourceFiles.byteLimit)
                    : try FileDescriptor.open(path).readToEnd(limit: SourceFiles.byteLimit)
                guard let text = String(validating: bytes, as: UTF8.self) else {
                    throw CommandFailure.usage("param `\(param)`: `\(path)` is not UTF-8")
                }
                return text
            } catch let error as SystemError {
                throw .usage("param `\(param)`: cannot read `\(path)`: \(error.code)")
            } catch let failure as CommandFailure {
                throw failure
            } catch {
                preconditionFailure("reading a file throws a system error: \(error)")
            }
        }
    }

    private static func source(
        _ source: WorkspaceSource,
        workspace: String
    ) throws(CommandFailure) -> RunOptions.WorkspaceSource {
        switch source {
        case .emptyDirectory: return .emptyDirectory
        case .secret(let name): return .secret(name)
        case .configMap(let name): return .configMap(name)
        case .git: preconditionFailure("a repository has its place before its workspace is bound")
        case .directory(let path):
            guard let resolved = try? Path.resolved(path), FileStatus.isDirectory(resolved) else {
                throw .usage(
                    "workspace `\(workspace)`: no directory `\(path)`",
                    hint: "name a directory, `emptyDir`, `secret:NAME` or `config:NAME`"
                )
            }
            return .directory(resolved)
        }
    }
}
