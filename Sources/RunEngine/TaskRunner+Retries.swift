// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Tekton

extension TaskRunner {
    /// Runs to the end, whatever happens; the status tells how it went.
    ///
    /// A TaskRun that failed is run once more, from an empty tree and with its time given anew, as often as
    /// its `retries` say; one that was stopped, or that the world brought down, is not.
    func run() async -> RunOutcome {
        var runner = self
        var earlier: [TaskRunStatus] = []
        while true {
            var outcome = await runner.attempt()
            let isOver =
                plan.stopped != nil || outcome.status.condition.status != .failed
                || outcome.failure != nil
                || control.request > .none || earlier.count >= Int(plan.definition.spec.retries)
            if !isOver {
                do {
                    try keep(outcome.status, attempt: earlier.count)
                    earlier.append(outcome.status)
                    runner.plan = plan.retried(earlier.count)
                    continue
                } catch {
                    outcome.failure = RunFailure(error, stepHasRun: session.stepHasStarted)
                }
            }
            outcome.status.retries = earlier
            return outcome
        }
    }

    /// Puts an attempt that failed on record and its output aside.
    private func keep(_ status: TaskRunStatus, attempt: Int) throws {
        try journal.emit(
            .noted(
                "TaskRun `\(plan.name)`: attempt \(attempt + 1) of "
                    + "\(plan.definition.spec.retries + 1) failed (\(status.condition.reason)); "
                    + "it is tried again"
            )
        )
        try output.keepAside(taskRun: plan.name, attempt: attempt)
    }
}
