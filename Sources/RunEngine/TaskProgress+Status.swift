// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension TaskProgress {
    /// The status that the TaskRun ends with, times aside.
    func status(at time: String) -> TaskRunStatus {
        var finished = self
        if let ending {
            if ending.marksSteps { finished.mark(from: 0, reason: ending.reason, at: time) }
            var status = TaskRunStatus(
                condition: Condition(.failed, reason: ending.reason, message: ending.message)
            )
            if ending.marksSteps { finished.describePod(&status) }
            return status
        }
        var status = TaskRunStatus(condition: finished.condition)
        if status.condition.status == .failed, plan.failureIsIgnored {
            status.condition.reason = "FailureIgnored"
        }
        finished.describePod(&status)
        status.results = finished.results
        status.artifacts = finished.artifacts
        finished.validateResults(&status)
        return status
    }

    private func describePod(_ status: inout TaskRunStatus) {
        status.podName = plan.podName
        status.steps = steps
        status.sidecars = sidecars
        status.taskSpec = plan.spec
        status.source = plan.source
    }

    /// By the first container that failed, as Tekton's `getFailureInfo`.
    ///
    /// A sidecar that failed is the likely cause, and named before a step. Alone it fails the TaskRun when
    /// no other container was left to be stopped: only then has the pod failed.
    private var condition: Condition {
        let failedSidecar = sidecars.first(where: \.hasFailed)
        let step = stepCondition
        let wasStopped = sidecars.contains { $0.wasStopped }
        guard let failedSidecar, step.status == .failed || !wasStopped else { return step }
        let terminated = failedSidecar.terminated
        return Condition(
            .failed,
            reason: "SidecarFailed",
            message: "\"\(failedSidecar.container)\" exited with code \(terminated.exitCode): "
                + terminated.reason
        )
    }

    private var stepCondition: Condition {
        let isFailure: (StepState) -> Bool = { state in
            state.terminated?.reason == "Error" && state.terminated?.exitCode != 0
        }
        guard let failed = steps.first(where: isFailure), let terminated = failed.terminated else {
            return Condition(
                .succeeded,
                reason: "Succeeded",
                message: "All Steps have completed executing"
            )
        }
        let message =
            failed.terminationReason == "TimeoutExceeded"
            ? "\"\(failed.container)\" exited because the step exceeded the specified timeout limit"
            : "\"\(failed.container)\" exited with code \(terminated.exitCode): \(terminated.reason)"
        return Condition(.failed, reason: "StepFailed", message: message)
    }

    /// Results must be of their declared types, and objects must have their declared keys; else the
    /// TaskRun fails although its steps succeeded.
    private func validateResults(_ status: inout TaskRunStatus) {
        let declared = Dictionary(plan.spec.results.map { ($0.name, $0) }) { _, last in last }
        var mismatched: [String] = []
        status.results.removeAll { result in
            guard
                let needed = declared[result.name]?.type
                    ?? declared[result.name].map({ _ in .string }),
                needed != result.value.type
            else { return false }
            mismatched.append(
                " \"\(result.name)\": task result is expected to be \"\(needed.rawValue)\" type "
                    + "but was initialized to a different type \"\(result.value.type.rawValue)\""
            )
            return true
        }
        if !mismatched.isEmpty {
            status.condition = TaskProgress.refusal(
                "Provided results don't match declared results; may be invalid JSON or missing "
                    + "result declaration: " + mismatched.sorted().joined(separator: ",")
            )
            return
        }
        let missing = status.results.compactMap { result -> String? in
            guard case .object(let members) = result.value,
                let properties = declared[result.name]?.properties
            else { return nil }
            let keys = properties.keys.filter { members[$0] == nil }.sorted()
            return keys.isEmpty ? nil : "\(result.name):[\(keys.joined(separator: " "))]"
        }
        if !missing.isEmpty {
            status.condition = TaskProgress.refusal(
                "missing keys for these results which are required in TaskResult's properties "
                    + "map[\(missing.sorted().joined(separator: " "))]"
            )
        }
    }

    private static func refusal(_ message: String) -> Condition {
        Condition(
            .failed,
            reason: "TaskRunValidationFailed",
            message: "[User error] " + message
        )
    }
}
