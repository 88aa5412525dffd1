// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Platform
internal import Redaction
internal import RunEngine
internal import RunRecords
internal import Tekton

/// How a run's beginning and end are told: on record, and to the user.
extension RunSequence {
    func journal(
        for directory: RunDirectory,
        _ plan: RunPlan,
        _ tally: AccessTally
    ) throws(CommandFailure) -> RunJournal {
        let tellsTasks = if case .pipelineRun = plan { true } else { false }
        var observers: [any RunObserver] = [
            directory.events, tally,
            NoteOutput(terminal: context.terminal, tellsTasks: tellsTasks),
        ]
        if configuration.copiesToJournal {
            observers.append(
                try SystemJournal(directory.identifier, terminal: context.terminal)
            )
        }
        if writer.format == .events { observers.append(EventOutput(terminal: context.terminal)) }
        return RunJournal(observers: observers, redactor: redactor, clock: .system)
    }

    func start(
        _ plan: RunPlan,
        _ directory: RunDirectory,
        _ journal: RunJournal
    ) throws {
        try journal.emit(
            .runStarted(
                RunEvent.RunStarted(
                    run: directory.identifier.text,
                    kind: plan.kind,
                    name: plan.name,
                    namespace: plan.namespace,
                    uid: plan.uid,
                    serviceAccount: plan.serviceAccount,
                    files: sources.files.map(\.name)
                )
            )
        )
    }

    /// A run whose secrets, or whose host, could not be had: no step has run.
    func refused(
        _ plan: RunPlan,
        _ failure: RunFailure,
        signal: Int32?
    ) -> FinishedRun {
        let now = WallClock.system.now().seconds
        let isOfStore = if case .store = failure { true } else { false }
        let condition = Condition(
            .failed,
            reason: isOfStore ? "CreateContainerConfigError" : "PodCreationFailed",
            message: redactor.redact(failure.description),
            lastTransitionTime: now
        )
        return FinishedRun(
            condition: condition,
            objects: [plan.json(notRun: condition, at: now)],
            failure: failure,
            signal: signal
        )
    }

    func finish(
        _ plan: RunPlan,
        _ run: FinishedRun,
        _ directory: RunDirectory,
        _ journal: RunJournal,
        _ proven: RunProofOutcome
    ) {
        let condition = run.condition
        let code = ExitCode(of: run)
        try? journal.emit(plan.finished(condition))
        try? journal.emit(
            .runFinished(
                status: condition.status.rawValue,
                reason: condition.reason,
                exitCode: code.rawValue,
                audit: proven.audit
            )
        )
        for result in run.results {
            let value = String(decoding: result.value.json.serialize(), as: UTF8.self)
            context.terminal.note("tacit: result `\(result.name)`: \(redactor.redact(value))")
        }
        let verdict = "\(plan.kind) `\(plan.name)`: \(condition.reason)"
        let isTold = if case .store = run.failure { true } else { false }
        if condition.status == .succeeded || isTold {
            context.terminal.note("tacit: \(verdict) (run \(directory.identifier))")
        } else {
            let message = redactor.redact(condition.message)
            context.terminal.note("tacit: \(verdict): \(message) (run \(directory.identifier))")
        }
    }
}

extension RunPlan {
    /// The event that tells the run's end.
    fileprivate func finished(_ condition: Condition) -> RunEvent {
        switch self {
        case .taskRun(let plan):
            .taskRunFinished(
                name: plan.name,
                status: condition.status.rawValue,
                reason: condition.reason,
                message: condition.message
            )
        case .pipelineRun(let plan):
            .pipelineRunFinished(
                name: plan.name,
                status: condition.status.rawValue,
                reason: condition.reason,
                message: condition.message
            )
        }
    }
}
