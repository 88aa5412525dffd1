// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import Tekton

/// Lays what the command line says over a PipelineRun.
struct PipelineArguments {
    var planner: RunPlanner
    /// What messages call the run.
    var title: String

    /// The service account and the time limit.
    func applyIdentity(to definition: inout PipelineRunDefinition) {
        if let account = planner.options.serviceAccount {
            definition.spec.taskRunTemplate.serviceAccountName = account
            for index in definition.spec.taskRunSpecs.indices {
                definition.spec.taskRunSpecs[index].serviceAccountName = account
            }
        }
        if let timeout = planner.options.timeout {
            var limits = PipelineTimeouts()
            limits.pipeline = GoDuration(nanoseconds: timeout.nanoseconds)
            definition.spec.timeouts = limits
        }
    }

    /// Params and workspaces; the host directories come back by workspace.
    func apply(
        to definition: inout PipelineRunDefinition,
        _ pipeline: PipelineSpec
    ) -> ([String: String], [Diagnostic]) {
        var diagnostics: [Diagnostic] = []
        applyParams(to: &definition, pipeline, &diagnostics)
        var directories: [String: String] = [:]
        let known = pipeline.workspaces.map(\.name) + definition.spec.workspaces.map(\.name)
        for (name, source) in planner.options.workspaces {
            // A task written in place may use a workspace that nothing declares.
            if !known.contains(name), !uses(pipeline, name) {
                diagnostics.append(unknown("workspace", name, known))
            }
            let (binding, directory) = source.binding(named: name)
            directories[name] = directory
            definition.spec.workspaces.removeAll { $0.name == name }
            definition.spec.workspaces.append(binding)
        }
        return (directories, diagnostics)
    }

    private func applyParams(
        to definition: inout PipelineRunDefinition,
        _ pipeline: PipelineSpec,
        _ diagnostics: inout [Diagnostic]
    ) {
        let known = pipeline.params.map(\.name) + definition.spec.params.map(\.name)
        for argument in planner.options.params {
            guard known.contains(argument.name) else {
                diagnostics.append(unknown("param", argument.name, known))
                continue
            }
            let type = pipeline.params.first { $0.name == argument.name }?.type ?? .string
            guard let value = ParamArgumentReader.read(argument.text, as: type) else {
                diagnostics.append(
                    Diagnostic(
                        .error,
                        "param `\(argument.name)` is of type `\(type.rawValue)`",
                        hint: ParamArgumentReader.hint(for: type)
                    )
                )
                continue
            }
            var param = Param()
            param.name = argument.name
            param.value = value
            definition.spec.params.removeAll { $0.name == argument.name }
            definition.spec.params.append(param)
        }
    }

    private func uses(_ pipeline: PipelineSpec, _ workspace: String) -> Bool {
        (pipeline.tasks + pipeline.finally).contains { task in
            task.taskSpec?.task.usedWorkspaces.contains(workspace) ?? false
        }
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> Diagnostic {
        let near = NearMiss.suggestion(for: name, among: known)
        return Diagnostic(
            .error,
            "no \(kind) `\(name)` in the Pipeline of `\(title)`",
            hint: near.map { "did you mean `\($0)`?" }
        )
    }
}

extension RunOptions.WorkspaceSource {
    /// The binding, and the host directory that it stands for where it does.
    func binding(named name: String) -> (WorkspaceBinding, directory: String?) {
        var binding = WorkspaceBinding()
        binding.name = name
        switch self {
        case .directory(let path):
            binding.uninterpreted["hostPath"] = .object(["path": .string(path)])
            return (binding, path)
        case .emptyDirectory: binding.emptyDirectory = EmptyDirectorySource()
        case .secret(let secret):
            binding.secret = SecretSource()
            binding.secret?.secretName = secret
        case .configMap(let configMap):
            binding.configMap = ConfigMapSource()
            binding.configMap?.name = configMap
        }
        return (binding, nil)
    }
}
