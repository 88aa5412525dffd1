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
    /// Whether another pipeline gives it its values.
    var isChild: Bool

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
        let values = CommandLineValues(
            options: planner.options,
            title: "the Pipeline of `\(title)`",
            tellsMissing: !isChild
        )
        let problems = values.apply(declared: pipeline.params, to: &definition.spec.params)
        // A task written in place may use a workspace that nothing declares.
        let (directories, others) = values.apply(
            declared: pipeline.workspaces.map(\.name),
            to: &definition.spec.workspaces,
            isUsed: { uses(pipeline, $0) }
        )
        return (directories, problems + others)
    }

    private func uses(_ pipeline: PipelineSpec, _ workspace: String) -> Bool {
        (pipeline.tasks + pipeline.finally).contains { task in
            task.taskSpec?.task.usedWorkspaces.contains(workspace) ?? false
        }
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
