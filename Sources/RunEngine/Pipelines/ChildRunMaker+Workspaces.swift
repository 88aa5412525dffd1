// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension ChildRunMaker {
    /// The workspaces of a TaskRun, and the host directories among them by the Task's name for them.
    ///
    /// A task written in place is also given those that its text names.
    func workspaces(
        of task: PipelineTask,
        _ spec: TaskSpec
    ) throws(Refusal) -> ([WorkspaceBinding], directories: [String: String]) {
        var task = task
        if let embedded = task.taskSpec?.task {
            let own = task.workspaces.map(\.name)
            for name in embedded.usedWorkspaces where !own.contains(name) {
                var usage = PipelineTaskWorkspace()
                usage.name = name
                task.workspaces.append(usage)
            }
        }
        let bound = Set(plan.bindings.map(\.name))
        for usage in task.workspaces where !bound.contains(usage.source) {
            let isOptional = spec.workspaces.contains { $0.name == usage.name && $0.isOptional }
            if isOptional { continue }
            throw Refusal(
                reason: "CreateRunFailed",
                message: "expected workspace \"\(usage.source)\" to be provided by pipelinerun for "
                    + "pipeline task \"\(task.name)\""
            )
        }
        var (bindings, directories) = bindings(of: task)
        let contexts = plan.contextReplacements(
            pipelineName: plan.definition.spec.pipelineReference?.name ?? ""
        )
        for index in bindings.indices {
            bindings[index].subPath = contexts.apply(to: bindings[index].subPath)
        }
        return (bindings, directories)
    }

    /// The run's workspaces that a task uses, under the task's names for them.
    ///
    /// A claim template becomes the claim that it made, the same for every task of the run.
    func bindings(
        of task: PipelineTask
    ) -> ([WorkspaceBinding], directories: [String: String]) {
        let bound = Dictionary(plan.bindings.map { ($0.name, $0) }) { _, last in last }
        var bindings: [WorkspaceBinding] = []
        var directories: [String: String] = [:]
        for usage in task.workspaces {
            guard var binding = bound[usage.source] else { continue }
            if let claim = plan.claims[usage.source] {
                binding.volumeClaimTemplate = nil
                binding.persistentVolumeClaim = PersistentVolumeClaimSource()
                binding.persistentVolumeClaim?.claimName = claim
            }
            binding.name = usage.name
            binding.subPath = Self.joined(binding.subPath, usage.subPath)
            bindings.append(binding)
            directories[usage.name] = plan.workspaceDirectories[usage.source]
        }
        return (bindings, directories)
    }

    private static func joined(_ first: String, _ second: String) -> String {
        first.isEmpty || second.isEmpty ? first + second : "\(first)/\(second)"
    }
}

extension PipelineTaskWorkspace {
    /// The pipeline's name for the workspace.
    fileprivate var source: String { workspace.isEmpty ? name : workspace }
}
