// SPDX-License-Identifier: Apache-2.0
import JSON

/// The rules for a TaskRun.
struct TaskRunChecks {
    var run: TaskRunSpec
    var context: AdmissionContext

    func validate() -> FieldErrors {
        var errors = task()
        errors += DuplicateNames.byKey(run.params.map(\.name)).at("params")
        errors += propagatedParameters()
        errors += WorkspaceBindingChecks.validate(run.workspaces).at("workspaces")
        errors += debug()
        errors += OverrideChecks(
            steps: run.stepSpecs,
            sidecars: run.sidecarSpecs,
            computeResources: run.computeResources,
            context: context
        ).validate()
        errors += status()
        if run.retries < 0, !context.isV1Beta1 {
            errors += .invalid("\(run.retries) should be >= 0", at: "retries")
        }
        if let timeout = run.timeout, timeout.nanoseconds < 0 {
            errors += .invalid("\(timeout) should be >= 0", at: "timeout")
        }
        return errors
    }

    private func task() -> FieldErrors {
        var errors = FieldErrors.none
        switch (run.taskReference, run.taskSpec) {
        case (nil, nil): errors += .missingOneOf("taskRef", "taskSpec")
        case (_?, _?): errors += .multipleOneOf("taskRef", "taskSpec")
        default: break
        }
        if let reference = run.taskReference {
            errors += ReferenceChecks(reference, context).validate().at("taskRef")
        }
        if let task = run.taskSpec {
            errors += TaskSpecChecks(task: task, context: context).validate().at("taskSpec")
        }
        return errors
    }

    /// Steps written within the run may use parameters that only the run gives.
    private func propagatedParameters() -> FieldErrors {
        guard let task = run.taskSpec else { return .none }
        var propagated = PropagatedParameters(given: run.params)
        propagated.combine(task.params)
        var errors = propagated.errors
        guard !task.steps.isEmpty else { return errors }
        let steps = TaskSpecChecks(task: task, context: context).mergedSteps
        let params = ParameterChecks(params: propagated.params, context: context)
        errors += params.types()
        errors += TaskSpecChecks.parameterVariables(steps, params)
        errors += StepListVariables(steps).declared(params)
        return errors
    }

    private func debug() -> FieldErrors {
        guard let debug = run.debug else { return .none }
        var errors = context.requires(.alpha, for: "debug")
        if let breakpoints = debug.breakpoints {
            errors += self.breakpoints(breakpoints).at("breakpoints")
        }
        return errors.at("debug")
    }

    private func breakpoints(_ breakpoints: TaskBreakpoints) -> FieldErrors {
        var errors = FieldErrors.none
        switch breakpoints.onFailure {
        case "enabled": break
        case "":
            errors += .invalid(
                "onFailure breakpoint is empty, it is only allowed to be set as enabled",
                at: "onFailure"
            )
        default:
            errors += .invalid(
                "\(breakpoints.onFailure) is not a valid onFailure breakpoint value, onFailure"
                    + " breakpoint is only allowed to be set as enabled",
                at: "onFailure"
            )
        }
        var seen: Set<String> = []
        for (index, step) in breakpoints.beforeSteps.enumerated()
        where !seen.insert(step).inserted {
            errors += FieldErrors(
                "before step must be unique, the same step: \(step) is defined multiple times at",
                at: "beforeSteps[\(index)]"
            )
        }
        return errors
    }

    private func status() -> FieldErrors {
        if run.status.isEmpty {
            return run.statusMessage.isEmpty
                ? .none
                : .invalid(
                    "statusMessage should not be set if status is not set, but it is currently set"
                        + " to \(run.statusMessage)",
                    at: "statusMessage"
                )
        }
        guard !["TaskRunCancelled", "TaskRunPending"].contains(run.status) else { return .none }
        return .invalid(
            "\(run.status) should be TaskRunCancelled or TaskRunPending",
            at: "status"
        )
    }
}
