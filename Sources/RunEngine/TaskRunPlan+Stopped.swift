// SPDX-License-Identifier: Apache-2.0
package import Tekton

extension TaskRunPlan {
    /// The condition of a TaskRun whose `spec.status` keeps it from beginning; `nil` for any other.
    package var stopped: Condition? {
        switch definition.spec.status {
        case "TaskRunCancelled":
            Condition(
                .failed,
                reason: "TaskRunCancelled",
                message: "TaskRun \"\(name)\" was cancelled. \(definition.spec.statusMessage)"
            )
        case "TaskRunPending":
            Condition(
                .unknown,
                reason: "TaskRunPending",
                message: "TaskRun \"\(name)\" is pending"
            )
        default: nil
        }
    }

    /// The outcome of such a run, which takes no time; one that is pending has not even begun.
    func outcome(stoppedBy condition: Condition, at time: String) -> RunOutcome {
        var status = TaskRunStatus(condition: condition)
        status.condition.lastTransitionTime = time
        if condition.status != .unknown {
            status.startTime = time
            status.completionTime = time
        }
        return RunOutcome(status: status, failure: nil)
    }
}
