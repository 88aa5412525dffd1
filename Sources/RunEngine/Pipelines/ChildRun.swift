// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import JSON
internal import Platform
internal import Tekton

/// One run that a PipelineRun makes, from its slot to its end.
struct ChildRun: Sendable {
    /// What Tekton's controller says to a TaskRun that it cancels with its PipelineRun.
    static let cancelWords =
        "TaskRun cancelled as the PipelineRun it belongs to has been cancelled."
    /// The same when the PipelineRun's time is over.
    static let timeoutWords = "TaskRun cancelled as the PipelineRun it belongs to has timed out."

    enum Work: Sendable {
        case task(RunPlanner.Candidate)
        case pipeline(PipelineCandidate)
    }

    var runner: PipelineRunner
    var work: Work
    /// What is known of it at its start.
    var child: PipelineFacts.Child

    /// What came of it.
    struct Outcome: Sendable {
        var condition: Condition
        var results: [ResultValue] = []
        var artifacts: Artifacts?
        var wasTimedOut = false
        /// The finished object, and those of the runs that it made, as JSON.
        var objects: [[UInt8]] = []
        var failure: RunFailure?
    }

    /// Runs it to its end.
    func run(_ control: RunControl) async -> Outcome {
        var outcome: Outcome
        switch work {
        case .task(let candidate): outcome = await run(candidate, control)
        case .pipeline(let candidate): outcome = await run(candidate, control)
        }
        outcome.wasTimedOut = control.words == ChildRun.timeoutWords
        return outcome
    }

    // MARK: TaskRuns

    private func run(_ candidate: RunPlanner.Candidate, _ control: RunControl) async -> Outcome {
        let session = runner.session
        await session.slots.acquire()
        defer { session.slots.release() }
        var plan: TaskRunPlan
        let outcome: RunOutcome
        do {
            let (made, diagnostics) = try await makePlan(of: candidate)
            plan = made
            outcome = await run(plan, diagnostics.filter { $0.severity == .error }, control)
        } catch {
            let failure = RunFailure(error, stepHasRun: session.stepHasStarted)
            return Outcome(condition: PipelineRunner.condition(of: failure), failure: failure)
        }
        let condition = outcome.status.condition
        // A refusal is kept by the journal, and ends the run.
        try? runner.journal.emit(
            .taskRunFinished(
                name: plan.name,
                status: condition.status.rawValue,
                reason: condition.reason,
                message: condition.message
            )
        )
        session.forget(plan)
        if condition.reason == "TaskRunCancelled" {
            plan.definition.spec.status = "TaskRunCancelled"
            plan.definition.spec.statusMessage = control.words
        }
        return Outcome(
            condition: condition,
            results: outcome.status.results,
            artifacts: outcome.status.artifacts,
            objects: runner.keepsChildren ? [plan.json(with: outcome.status).serialize()] : [],
            failure: outcome.failure
        )
    }

    /// Plans a TaskRun, fetching the StepActions whose place only the results of other tasks have told.
    private func makePlan(
        of candidate: RunPlanner.Candidate
    ) async throws -> (TaskRunPlan, [Diagnostic]) {
        var planner = runner.plan.planner
        planner.missing = MissingReferences()
        let made = try TaskRunPlanner(planner: planner, candidate: candidate).plan()
        let missing = planner.missing.take()
        if missing.isEmpty { return made }
        for reference in missing {
            let (resolved, problems) =
                await runner.session.settings.references?.fetch(reference) ?? (nil, [])
            guard let resolved else {
                var refused = made.0
                let words = problems.first?.message ?? "nothing is there"
                refused.refusal = TaskRunPlan.Refusal(
                    reason: "TaskRunResolutionFailed",
                    message: "failed to resolve step ref: \(words)"
                )
                return (refused, [])
            }
            planner.documents.resolved[reference.request] = resolved
        }
        return try TaskRunPlanner(planner: planner, candidate: candidate).plan()
    }

    /// Fetches what only this run mounts, and runs it.
    private func run(
        _ plan: TaskRunPlan,
        _ problems: [Diagnostic],
        _ control: RunControl
    ) async -> RunOutcome {
        let session = runner.session
        if let problem = problems.first {
            return refused(plan, reason: "TaskRunValidationFailed", problem.message, nil)
        }
        if control.request == .none {
            do throws(RunFailure) {
                for event in try await session.fetchLate(for: plan) {
                    try? runner.journal.emit(.secretsFetched(event))
                }
            } catch {
                let reason = "CreateContainerConfigError"
                return refused(plan, reason: reason, error.description, error)
            }
        }
        return await session.run(
            plan,
            journal: runner.journal,
            output: runner.output,
            control: control,
            claims: runner.claims
        )
    }

    /// A TaskRun that does not come to its first step.
    private func refused(
        _ plan: TaskRunPlan,
        reason: String,
        _ message: String,
        _ failure: RunFailure?
    ) -> RunOutcome {
        try? runner.journal.emit(
            .taskRunStarted(name: plan.name, uid: plan.uid, task: plan.taskName)
        )
        let now = runner.session.clock.now().seconds
        var status = TaskRunStatus(
            condition: Condition(
                .failed,
                reason: reason,
                message: message,
                lastTransitionTime: now
            )
        )
        status.startTime = now
        status.completionTime = now
        status.taskSpec = plan.spec
        return RunOutcome(status: status, failure: failure)
    }

    // MARK: PipelineRuns

    private func run(_ candidate: PipelineCandidate, _ control: RunControl) async -> Outcome {
        do {
            let (plan, _) = try PipelineRunPlanner(
                planner: runner.plan.planner,
                candidate: candidate
            ).plan()
            var nested = runner
            nested.plan = plan
            nested.control = control
            let outcome = await nested.run()
            let condition = outcome.status.condition
            try runner.journal.emit(
                .pipelineRunFinished(
                    name: plan.name,
                    status: condition.status.rawValue,
                    reason: condition.reason,
                    message: condition.message
                )
            )
            let object = runner.keepsChildren ? [plan.json(with: outcome.status).serialize()] : []
            return Outcome(
                condition: condition,
                objects: object + outcome.children,
                failure: outcome.failure
            )
        } catch {
            let failure = RunFailure(error, stepHasRun: runner.session.stepHasStarted)
            return Outcome(condition: PipelineRunner.condition(of: failure), failure: failure)
        }
    }
}
