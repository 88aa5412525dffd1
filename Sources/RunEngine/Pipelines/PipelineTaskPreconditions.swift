// SPDX-License-Identifier: Apache-2.0
internal import CEL
internal import Tekton

/// What Tekton's controller checks of a PipelineRun's tasks, each by itself and against each other, before it
/// makes the first TaskRun.
struct PipelineTaskPreconditions {
    var plan: PipelineRunPlan
    /// The pipeline as written.
    var declared: PipelineSpec

    /// The first breach, in the controller's order.
    var refusal: Condition? {
        let written = declared.tasks + declared.finally
        for (own, planned) in zip(written, plan.tasks) {
            guard let spec = planned.spec else { continue }
            if let refusal = Self.refusal(of: planned, planned.task, in: plan) { return refusal }
            let subset = ParamValueChecks.subset(
                of: own,
                declared.params,
                spec.params,
                taskName: planned.taskName
            )
            if let subset {
                return refused(
                    "PipelineValidationFailed",
                    "[User error] Validation failed for pipelinerun with error \(subset)"
                )
            }
        }
        return conditionRefusal ?? resultRefusal ?? workspaceRefusal
    }

    /// Conditions are evaluated before results are known, too.
    private var conditionRefusal: Condition? {
        for when in plan.tasks.flatMap(\.task.when) where !when.cel.isEmpty {
            do throws(CELError) {
                _ = try CELProgram.allows(when.cel, zones: HostTimeZones.zones)
            } catch {
                return Self.refusal(ofCondition: error, in: plan)
            }
        }
        return nil
    }

    /// Why a condition that has no value ends the run.
    static func refusal(ofCondition error: CELError, in plan: PipelineRunPlan) -> Condition {
        Condition(
            .failed,
            reason: "CELEvaluationFailed",
            message: "[User error] Error evaluating CEL \(plan.name): \(error)"
        )
    }

    /// Why the params of a task, as far as they are known, end the run; `nil` when they do not.
    static func refusal(
        of planned: PipelineTaskPlan,
        _ task: PipelineTask,
        in plan: PipelineRunPlan
    ) -> Condition? {
        guard let spec = planned.spec,
            let problem = ParamValueChecks.problem(of: task, declared: spec.params)
        else { return nil }
        return Condition(
            .failed,
            reason: "PipelineValidationFailed",
            message:
                "[User error] Validation failed for pipelinerun \(plan.name) with error invalid "
                + "input params for task \(planned.taskName): \(problem)"
        )
    }

    private func refused(_ reason: String, _ message: String) -> Condition {
        Condition(.failed, reason: reason, message: message)
    }

    // MARK: Results

    private var resultRefusal: Condition? {
        let tasks = Dictionary(plan.tasks.map { ($0.task.name, $0) }) { first, _ in first }
        for planned in plan.tasks {
            for reference in planned.task.resultReferences {
                guard let problem = problem(of: reference, tasks) else { continue }
                return refused(
                    "InvalidTaskResultReference",
                    "invalid result reference in pipeline task \"\(planned.task.name)\": \(problem)"
                )
            }
        }
        for result in plan.spec?.results ?? [] {
            for reference in result.expressions.compactMap({ ResultReference($0) }) {
                guard let problem = problem(of: reference, tasks) else { continue }
                return refused(
                    "InvalidPipelineResultReference",
                    "Failed to resolve pipeline result reference for \"\(plan.name)\" with error "
                        + "invalid pipeline result \"\(result.name)\": \(problem)"
                )
            }
        }
        return nil
    }

    private func problem(
        of reference: ResultReference,
        _ tasks: [String: PipelineTaskPlan]
    ) -> String? {
        guard let task = tasks[reference.pipelineTask] else {
            return "referenced pipeline task \"\(reference.pipelineTask)\" does not exist"
        }
        guard let spec = task.spec else {
            return "unable to validate result referencing pipeline task "
                + "\"\(reference.pipelineTask)\": task spec not found"
        }
        if spec.results.contains(where: { $0.name == reference.result }) { return nil }
        return "\"\(reference.result)\" is not a named result returned by pipeline task "
            + "\"\(reference.pipelineTask)\""
    }

    // MARK: Workspaces

    /// What the pipeline need not be given, its tasks must not need.
    private var workspaceRefusal: Condition? {
        let optional = Set((plan.spec?.workspaces ?? []).filter(\.isOptional).map(\.name))
        for planned in plan.tasks {
            for usage in planned.task.workspaces where optional.contains(usage.workspace) {
                let isNeeded = planned.spec?.workspaces.contains {
                    $0.name == usage.name && !$0.isOptional
                }
                guard isNeeded == true else { continue }
                return refused(
                    "RequiredWorkspaceMarkedOptional",
                    "[User error] Optional workspace not supported by task: pipeline workspace "
                        + "\"\(usage.workspace)\" is marked optional but pipeline task "
                        + "\"\(planned.task.name)\" requires it be provided"
                )
            }
        }
        return nil
    }
}
