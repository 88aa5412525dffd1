// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Tekton

/// A run that was asked for, ready to be run.
package enum RunPlan: Sendable {
    case taskRun(TaskRunPlan)
    case pipelineRun(PipelineRunPlan)

    package var kind: String {
        switch self {
        case .taskRun: "TaskRun"
        case .pipelineRun: "PipelineRun"
        }
    }

    package var name: String {
        switch self {
        case .taskRun(let plan): plan.name
        case .pipelineRun(let plan): plan.name
        }
    }

    package var namespace: String {
        switch self {
        case .taskRun(let plan): plan.namespace
        case .pipelineRun(let plan): plan.namespace
        }
    }

    package var uid: String {
        switch self {
        case .taskRun(let plan): plan.uid
        case .pipelineRun(let plan): plan.uid
        }
    }

    /// The service account that the run's object names.
    package var serviceAccount: String {
        switch self {
        case .taskRun(let plan): plan.definition.spec.serviceAccountName
        case .pipelineRun(let plan): plan.definition.spec.taskRunTemplate.serviceAccountName
        }
    }

    /// The TaskRuns whose secrets are known before anything runs.
    package var secretUsers: [TaskRunPlan] {
        switch self {
        case .taskRun(let plan): [plan]
        case .pipelineRun(let plan): plan.secretUsers
        }
    }

    /// The names of the TaskRuns that are known before anything runs, for their logs' directories.
    package var taskRunNames: [String] {
        switch self {
        case .taskRun(let plan): [plan.name]
        case .pipelineRun(let plan): plan.taskRunNames
        }
    }

    /// Whether a person is to look at a step in between.
    package var hasBreakpoints: Bool {
        if case .taskRun(let plan) = self { plan.hasBreakpoints } else { false }
    }

    /// Why Tekton's controller would not begin with the run.
    package var refusal: Condition? {
        switch self {
        case .taskRun(let plan):
            plan.stopped
                ?? plan.refusal.map { Condition(.failed, reason: $0.reason, message: $0.message) }
        case .pipelineRun(let plan): plan.refusal
        }
    }

    /// The object as it ends with `condition` when nothing of it has run, at `time` where that is given.
    package func json(notRun condition: Condition, at time: String = "") -> JSONValue {
        switch self {
        case .taskRun(let plan):
            var status = TaskRunStatus(condition: condition)
            status.startTime = time
            status.completionTime = time
            status.taskSpec = refusal == nil ? plan.spec : nil
            return plan.json(with: status)
        case .pipelineRun(let plan):
            var status = PipelineRunStatus(condition: condition)
            status.startTime = time
            status.completionTime = time
            status.pipelineSpec = plan.spec
            return plan.json(with: status)
        }
    }
}
