// SPDX-License-Identifier: Apache-2.0
internal import CEL
internal import Platform
internal import Redaction
internal import Sandbox
internal import Tekton

extension TaskRunner {
    /// Runs the step at `index` and takes down how it went.
    ///
    /// `ahead` is the step that was made ready while the one before ran; this one does so for the next.
    func run(
        _ index: Int,
        with runner: StepRunner,
        script: String?,
        in tree: TaskTree,
        ahead: inout ReadyStep?,
        _ progress: inout TaskProgress
    ) async throws {
        let started = session.clock.now().seconds
        let earlier = StepResultSubstitution(results: progress.stepResults)
        let step = earlier.apply(toConditionsOf: plan.steps[index])
        let holds: Bool
        do throws(CELError) {
            holds = try step.when.allHold()
        } catch {
            try say("Error executing command: \(error.message)\n", asStep: step, at: index)
            progress.failToStart(index, at: started)
            return try emitFinished(index, progress)
        }
        guard holds else {
            progress.passOver(index, at: started)
            try? tree.write(exitCode: 0, step: index)
            return try emitFinished(index, progress)
        }
        if plan.breaksBefore(step), let shell = shell(runner) {
            let decision = try await shell.open(step, at: index, .beforeStep)
            if decision == .fail {
                progress.failToStart(index, at: started)
                return try emitFinished(index, progress)
            }
        }
        let artifacts = StepArtifactSubstitution(artifacts: progress.stepArtifacts)
        var ending: StepRunner.Ending
        do {
            ending = try await run(
                step,
                at: index,
                with: runner,
                script: try scriptWithArtifacts(artifacts, of: step, script, in: tree),
                earlier: StepRunner.Earlier(results: earlier, artifacts: artifacts),
                ahead: &ahead
            )
            try await standStill(after: &ending, of: step, at: index, runner)
        } catch let error as ContainerConfigError {
            progress.refuseConfiguration(of: index, error, at: started)
            return try emitFinished(index, progress)
        } catch let error as OutputCopyError {
            try say("Error executing command: \(error.message)\n", asStep: step, at: index)
            progress.failToStart(index, at: started)
            return try emitFinished(index, progress)
        }
        let results = ResultReader(tree: tree, spec: plan.spec).results(
            of: plan.steps[index],
            at: index
        )
        progress.record(
            ending,
            of: step,
            at: index,
            results: results,
            started: started,
            finished: session.clock.now().seconds
        )
        // A step that tampers with its own status directory harms only those who would read it.
        if let code = progress.visibleExitCode(of: index) {
            try? tree.write(exitCode: code, step: index)
        }
        try emitFinished(index, progress)
    }

    /// The script with references to artifacts of earlier steps replaced, where it has any.
    ///
    /// As in Tekton only where the script is all that is run: with arguments they stay.
    private func scriptWithArtifacts(
        _ artifacts: StepArtifactSubstitution,
        of step: StepDefinition,
        _ script: String?,
        in tree: TaskTree
    ) throws -> String? {
        guard script != nil, step.args.isEmpty, let text = artifacts.apply(to: step.script),
            text != step.script
        else { return script }
        let suffix = try session.randomness.nameSuffix()
        return try tree.write(script: text, named: "script-\(suffix)")
    }

    /// Opens a shell where a step has failed and the run is to stand still then.
    private func standStill(
        after ending: inout StepRunner.Ending,
        of step: StepDefinition,
        at index: Int,
        _ runner: StepRunner
    ) async throws {
        guard plan.breaksOnFailure || session.settings.breaksOnFailure,
            let code = ending.failureCode, let shell = shell(runner)
        else { return }
        switch try await shell.open(step, at: index, .afterFailure(code: code)) {
        case .goOn: ending.exit = .exited(code: 0)
        case .fail: ending.exit = .exited(code: 1)
        case .none: break
        }
    }

    private func shell(_ runner: StepRunner) -> DebugShell? {
        session.settings.terminal.map { DebugShell(runner: runner, terminal: $0) }
    }

    /// Writes a line as if the step had, which has not started.
    private func say(_ text: String, asStep step: StepDefinition, at index: Int) throws {
        let sinks = try output.sinks(
            taskRun: plan.name,
            pipelineTask: plan.pipelineTask,
            step: step.shownName(at: index)
        )
        let bytes = session.redactor.redact(Array(text.utf8))
        for sink in sinks {
            try sink.write(bytes.span)
            try sink.finish()
        }
    }

    private func run(
        _ step: StepDefinition,
        at index: Int,
        with runner: StepRunner,
        script: String?,
        earlier: StepRunner.Earlier,
        ahead: inout ReadyStep?
    ) async throws -> StepRunner.Ending {
        if let other = ahead, other.index != index {
            runner.withdraw(other)
            ahead = nil
        }
        let ready = try ahead ?? runner.ready(step, at: index)
        ahead = nil
        defer { runner.withdraw(ready) }
        return try await runner.run(step, ready, script: script, earlier: earlier) {
            guard index + 1 < plan.steps.count, !plan.hasBreakpoints else { return }
            ahead = runner.readyAhead(plan.steps[index + 1], at: index + 1)
        }
    }

    /// Puts the end of a step on record.
    func emitFinished(_ index: Int, _ progress: TaskProgress) throws {
        let state = progress.steps[index]
        guard let terminated = state.terminated else { return }
        try journal.emit(
            .stepFinished(
                RunEvent.StepFinished(
                    taskRun: plan.name,
                    step: state.name,
                    exitCode: terminated.exitCode,
                    reason: terminated.reason,
                    terminationReason: state.terminationReason
                )
            )
        )
    }
}
