// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Tekton

/// One PipelineRun, ready to be run: validated, its Pipeline and Tasks found, its params replaced.
///
/// Made by `RunPlanner`; nothing has been started and no secret fetched.
package struct PipelineRunPlan: Sendable {
    /// With its name and namespace, its labels, and what the command line added.
    package var definition: PipelineRunDefinition
    package var uid: String
    /// The Pipeline's name; the run's where the pipeline is written in it.
    package var pipelineName: String
    /// Where the Pipeline was fetched from; `nil` for one of the files.
    package var source: RefSource?
    /// `status.pipelineSpec`; `nil` when the run was refused before it was known.
    package var spec: PipelineSpec?
    /// Why Tekton's controller would not begin.
    package var refusal: Condition?
    /// The TaskRuns that mount classes whose names are known.
    package var secretUsers: [TaskRunPlan] = []
    /// The names of the TaskRuns that are known.
    package var taskRunNames: [String] = []
    /// The tasks, then those of `finally`.
    var tasks: [PipelineTaskPlan] = []
    /// The run's workspaces, references to params replaced.
    var bindings: [WorkspaceBinding] = []
    /// Host directories bound by `-w`, by workspace.
    var workspaceDirectories: [String: String] = [:]
    /// The claims that the run's claim templates make, by workspace.
    var claims: [String: String] = [:]
    /// The names of the Pipelines around it and its own, the nearest first.
    var pipelines: [String] = []
    /// Makes the plans of the runs that this one makes.
    var planner: RunPlanner

    init(
        definition: PipelineRunDefinition,
        uid: String,
        pipelineName: String,
        planner: RunPlanner
    ) {
        self.definition = definition
        self.uid = uid
        self.pipelineName = pipelineName
        self.planner = planner
    }

    package var name: String { definition.metadata.name }
    package var namespace: String { definition.metadata.namespace }
}

extension PipelineRunPlan {
    /// The finished object: what `kubectl get pipelinerun -o json` would show, with this status.
    package func json(with status: PipelineRunStatus) -> JSONValue {
        guard var members = definition.json.object else {
            preconditionFailure("a definition is a JSON object")
        }
        var metadata = members["metadata"]?.object ?? [:]
        metadata["uid"] = .string(uid)
        if !status.startTime.isEmpty {
            metadata["creationTimestamp"] = .string(status.startTime)
        }
        members["metadata"] = .object(metadata)
        var own = status.json.object ?? [:]
        if status.pipelineSpec != nil {
            own["provenance"] =
                Provenance(
                    gates: planner.settings.gates,
                    hasNoCredentials: planner.settings.hasNoCredentials,
                    source: source
                ).json
        }
        members["status"] = .object(own)
        return .object(members)
    }
}
