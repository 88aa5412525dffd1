// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// One task of a pipeline, its Task or Pipeline found.
struct PipelineTaskPlan: Sendable {
    /// What a task of a pipeline runs.
    enum Work: Sendable {
        /// The document is `nil` for a Task that is written in place.
        case task(TaskSpec, document: ValidatedTask?)
        case pipeline(PipelineSpec, document: ValidatedPipeline?)
    }

    /// Params, contexts and workspaces of the pipeline replaced.
    var task: PipelineTask
    var isFinal: Bool
    var work: Work
    /// The tasks that must be over before, by their place in the plan.
    var parents: [Int]
    /// Where a Task that a resolver has fetched comes from.
    var source: RefSource?
    /// Where the task stands.
    var place: SpecPlace?

    /// What the Task declares; `nil` for a pipeline.
    var spec: TaskSpec? {
        if case .task(let spec, _) = work { spec } else { nil }
    }

    /// The Task's name in Tekton's messages, which is empty when it is written in place.
    var taskName: String {
        if case .task(_, let document) = work {
            document?.definition.metadata.name ?? ""
        } else {
            ""
        }
    }
}

extension PipelineTaskPlan.Work {
    /// What a resolver has fetched; `nil` for what no task runs.
    init?(_ resolved: ResolvedReference) {
        switch resolved.document {
        case .task(let task): self = .task(task.definition.spec, document: task)
        case .pipeline(let pipeline): self = .pipeline(pipeline.definition.spec, document: pipeline)
        default: return nil
        }
    }
}
