// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Tekton

extension TaskRunner {
    /// Runs the step at `index` and takes down how it went.
    func run(
        _ index: Int,
        with runner: StepRunner,
        script: String?,
        in tree: TaskTree,
        _ progress: inout TaskProgress
    ) async throws {
        let started = session.clock.now().seconds
        let earlier = StepResultSubstitution(results: progress.stepResults)
        let step = earlier.apply(toConditionsOf: plan.steps[index])
        guard step.when.allSatisfy(\.holds) else {
            progress.passOver(index, at: started)
            try? tree.write(exitCode: 0, step: index)
            return try emitFinished(index, progress)
        }
        let ending: StepRunner.Ending
        do {
            ending = try await runner.run(step, at: index, script: script, results: earlier)
        } catch let error as ContainerConfigError {
            progress.refuseConfiguration(of: index, error, at: started)
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

extension WhenExpression {
    /// Whether the input is, or is not, among the values; string equality, as in Tekton.
    fileprivate var holds: Bool {
        operatorName == "notin" ? !values.contains(input) : values.contains(input)
    }
}
