// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension RunPlanner {
    /// A run and the Task that it runs.
    struct Candidate {
        var definition: TaskRunDefinition
        /// `nil` when no document asks for this run.
        var taskRun: ValidatedTaskRun?
        /// `nil` when the Task is written within the run.
        var task: ValidatedTask?
        /// Where a Task that a resolver has fetched comes from.
        var source: RefSource?
        /// Where a Task that is written within a pipeline stands.
        var place: SpecPlace?
        /// The task of the pipeline that this is a run of.
        var pipelineTask: String?
        /// Host directories bound by `-w`, by the Task's workspace.
        var workspaceDirectories: [String: String] = [:]
        /// Whether results of other tasks are still to come: what names one is looked at later.
        var isProvisional = false
    }
}

extension RunPlanner.Candidate {
    /// The document in which the Task's specification stands; `nil` when none does.
    var manifest: Manifest? { task?.manifest ?? place?.manifest ?? taskRun?.manifest }

    /// The field path of the Task's specification in that document.
    var specPath: String { task == nil ? place?.path ?? "spec.taskSpec" : "spec" }
}
