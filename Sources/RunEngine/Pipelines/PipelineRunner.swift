// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import Tekton

/// Runs one PipelineRun: starts each task when those before it are over, keeps the time, and takes down how it
/// went.
struct PipelineRunner {
    var session: RunSession
    var plan: PipelineRunPlan
    var journal: RunJournal
    var output: any RunOutput
    var control: RunControl
    /// The claims of the runs around it, by name.
    var claims: [String: SharedClaim] = [:]
    /// Whether the objects of the runs that it makes are wanted.
    var keepsChildren: Bool

    /// Runs to the end, whatever happens; the status tells how it went.
    func run() async -> PipelineRunOutcome {
        let started = session.clock.now().seconds
        var outcome: PipelineRunOutcome
        do {
            try journal.emit(
                .pipelineRunStarted(name: plan.name, uid: plan.uid, pipeline: plan.pipelineName)
            )
            try announceSecrets()
            if let refusal = plan.refusal {
                outcome = PipelineRunOutcome(status: PipelineRunStatus(condition: refusal))
                outcome.status.pipelineSpec = plan.spec
            } else {
                outcome = try await runTasks()
            }
        } catch {
            let failure = RunFailure(error, stepHasRun: session.stepHasStarted)
            outcome = PipelineRunOutcome(
                status: PipelineRunStatus(condition: PipelineRunner.condition(of: failure)),
                failure: failure
            )
        }
        let now = session.clock.now().seconds
        outcome.status.condition.lastTransitionTime = now
        if outcome.status.condition.status != .unknown {
            outcome.status.startTime = started
            outcome.status.completionTime = now
        }
        return outcome
    }

    static func condition(of failure: RunFailure) -> Condition {
        Condition(.failed, reason: "Failed", message: failure.description)
    }

    /// Puts on record what was fetched for the run, each class once.
    private func announceSecrets() throws {
        var told: Set<String> = []
        for user in plan.secretUsers {
            for event in session.fetches(for: user) where told.insert(event.secretClass).inserted {
                try journal.emit(.secretsFetched(event))
            }
        }
    }

    private func runTasks() async throws -> PipelineRunOutcome {
        guard !plan.claims.isEmpty else { return await PipelineLoop(runner: self).run() }
        let tree = try await session.launcher.createTask(
            plan.uid,
            byteLimit: session.settings.taskByteLimit
        )
        var runner = self
        do {
            for (workspace, claim) in plan.claims {
                let path = "claims-\(workspace)"
                try tree.directory.makeDirectoryBeneath(path, permissions: 0o777)
                runner.claims[claim] = SharedClaim(tree: tree, path: path)
            }
        } catch {
            await tree.remove()
            throw error
        }
        let outcome = await PipelineLoop(runner: runner).run()
        await tree.remove()
        return outcome
    }
}
