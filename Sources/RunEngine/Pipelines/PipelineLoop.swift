// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Tekton

/// The loop of a PipelineRun: takes what happens, one thing after another, and starts what may start then.
struct PipelineLoop {
    let runner: PipelineRunner
    private var facts: PipelineFacts
    private let began = ContinuousClock.now
    private var finallyBegan: ContinuousClock.Instant?
    private var finallyStartTime = ""
    /// The controls of the runs that are under way.
    private var controls: [ChildKey: RunControl] = [:]
    private var objects: [ChildKey: [[UInt8]]] = [:]
    private var failure: RunFailure?
    /// Whether nothing more may start: the run was told to stop, its time is over, or the world failed.
    private var isOver = false

    private struct ChildKey: Hashable {
        var task: Int
        var position: Int
    }

    private enum Deadline: Sendable {
        case pipeline
        case tasks
        case finally
    }

    private enum Event: Sendable {
        case ended(ChildKey, ChildRun.Outcome)
        case timeIsUp(Deadline)
        case interrupted
        /// A timer or waiter that is not needed any more.
        case nothing
    }

    init(runner: PipelineRunner) {
        self.runner = runner
        facts = PipelineFacts(plan: runner.plan)
    }

    /// Runs every task that is to be run.
    func run() async -> PipelineRunOutcome {
        var loop = self
        await withTaskGroup(of: Event.self) { group in
            loop.watch(&group)
            loop.startNext(&group)
            while !loop.controls.isEmpty, let event = await group.next() {
                loop.take(event, &group)
            }
            group.cancelAll()
        }
        return loop.outcome()
    }

    private func watch(_ group: inout TaskGroup<Event>) {
        let control = runner.control
        group.addTask {
            await control.waitForRequest(above: .none) == nil ? .nothing : .interrupted
        }
        watch(.pipeline, facts.limits.pipeline, since: began, &group)
        if let tasks = facts.limits.tasks { watch(.tasks, tasks, since: began, &group) }
    }

    private func watch(
        _ deadline: Deadline,
        _ limit: GoDuration,
        since start: ContinuousClock.Instant,
        _ group: inout TaskGroup<Event>
    ) {
        guard limit.nanoseconds > 0 else { return }
        let instant = start + limit.duration
        group.addTask {
            let slept: Void? = try? await Task.sleep(until: instant, clock: .continuous)
            return slept == nil ? .nothing : .timeIsUp(deadline)
        }
    }

    private mutating func take(_ event: Event, _ group: inout TaskGroup<Event>) {
        switch event {
        case .nothing: return
        case .interrupted: isOver = true
        case .timeIsUp(let deadline): end(deadline)
        case .ended(let key, let outcome):
            finish(key, outcome)
            startNext(&group)
        }
    }

    // MARK: Time

    private mutating func end(_ deadline: Deadline) {
        switch deadline {
        case .pipeline:
            isOver = true
            cancel { _ in true }
        case .tasks where finallyBegan == nil: cancel { !$0.plan.isFinal }
        case .tasks: return
        case .finally: cancel { $0.plan.isFinal }
        }
    }

    private func cancel(where isMeant: (PipelineFacts.Node) -> Bool) {
        for (key, control) in controls where isMeant(facts.nodes[key.task]) {
            control.cancel(because: ChildRun.timeoutWords)
        }
    }

    // MARK: Runs

    private mutating func startNext(_ group: inout TaskGroup<Event>) {
        if isOver { return }
        let now = ContinuousClock.now
        let starting = facts.next(elapsed: now - began, sinceFinally: finallyBegan.map { now - $0 })
        tellSkipped()
        for index in starting where facts.verdict == nil {
            if facts.nodes[index].plan.isFinal, finallyBegan == nil {
                finallyBegan = now
                finallyStartTime = runner.session.clock.now().seconds
                if let limit = facts.limits.finally { watch(.finally, limit, since: now, &group) }
            }
            start(index, &group)
        }
    }

    private mutating func start(_ index: Int, _ group: inout TaskGroup<Event>) {
        let starter = ChildRunStarter(runner: runner)
        let runs: [ChildRun]
        do throws(ChildRunMaker.Refusal) {
            runs = try starter.runs(of: index, in: &facts)
        } catch {
            facts.verdict = Condition(.failed, reason: error.reason, message: error.message)
            return
        }
        facts.start(index, runs.map(\.child))
        for (position, run) in runs.enumerated() {
            let key = ChildKey(task: index, position: position)
            let control = runner.control.makeFollower(saying: ChildRun.cancelWords)
            controls[key] = control
            group.addTask { .ended(key, await run.run(control)) }
        }
    }

    private mutating func finish(_ key: ChildKey, _ outcome: ChildRun.Outcome) {
        if let control = controls.removeValue(forKey: key) { runner.control.release(control) }
        if runner.keepsChildren { objects[key] = outcome.objects }
        facts.finish(
            key.task,
            child: key.position,
            outcome.condition,
            outcome.results,
            outcome.artifacts,
            wasTimedOut: outcome.wasTimedOut
        )
        guard let worldly = outcome.failure, failure == nil else { return }
        switch worldly {
        case .store, .git, .world: if !runner.session.stepHasStarted { failure = worldly }
        case .host, .record, .memory:
            failure = worldly
            isOver = true
            for control in controls.values { control.cancel(because: ChildRun.cancelWords) }
        }
    }

    // MARK: The end

    private mutating func tellSkipped() {
        for index in facts.untold {
            guard case .skipped(let reason) = facts.nodes[index].phase else { continue }
            // A refusal is kept by the journal, and ends the run with the next event.
            try? runner.journal.emit(
                .taskSkipped(
                    pipelineRun: runner.plan.name,
                    task: facts.nodes[index].task.name,
                    reason: reason.rawValue
                )
            )
        }
        facts.untold = []
    }

    private func outcome() -> PipelineRunOutcome {
        let isInterrupted = runner.control.request > .none
        let failure = failure ?? runner.journal.failure.map { .record($0) }
        var status: PipelineRunStatus
        if let failure {
            status = PipelineRunStatus(condition: PipelineRunner.condition(of: failure))
        } else if isInterrupted {
            status = PipelineRunStatus(condition: facts.cancelled)
        } else {
            status = PipelineRunStatus(condition: facts.condition(at: .now - began))
            if facts.verdict == nil { takeResults(&status) }
        }
        status.finallyStartTime = finallyStartTime
        status.pipelineSpec = runner.plan.spec
        status.childReferences = facts.childReferences
        status.skippedTasks = facts.skippedTasks
        let keys = objects.keys.sorted { ($0.task, $0.position) < ($1.task, $1.position) }
        return PipelineRunOutcome(
            status: status,
            children: keys.flatMap { objects[$0] ?? [] },
            failure: failure,
            signal: isInterrupted ? runner.control.signal : nil
        )
    }

    private func takeResults(_ status: inout PipelineRunStatus) {
        let (values, invalid) = facts.pipelineResults
        status.results = values
        guard !invalid.isEmpty else { return }
        status.condition = Condition(
            .failed,
            reason: "CouldntGetPipelineResult",
            message: "Failed to get PipelineResult from TaskRun Results for PipelineRun "
                + "\(runner.plan.name): invalid pipelineresults \(ParamValueChecks.list(invalid)), "
                + "the referenced results don't exist"
        )
    }
}
