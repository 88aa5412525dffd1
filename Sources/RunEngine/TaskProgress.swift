// SPDX-License-Identifier: Apache-2.0
internal import Sandbox
internal import Tekton

/// What a TaskRun has come to while its steps run, in Tekton's terms.
struct TaskProgress {
    private(set) var steps: [StepState]
    private(set) var sidecars: [SidecarState] = []
    let plan: TaskRunPlan
    private(set) var results: [ResultValue] = []
    /// Of the Task and of all its steps.
    private(set) var artifacts = Artifacts()
    /// Set when a step's failure keeps the later ones from running.
    private(set) var hasFailed = false
    private(set) var ending: Ending?

    /// What ended the TaskRun before its steps were through.
    struct Ending {
        var reason: String
        var message: String
        /// Whether steps that ran are kept, and those that did not get this reason.
        var marksSteps: Bool
    }

    init(plan: TaskRunPlan) {
        self.plan = plan
        steps = plan.steps.enumerated().map { index, step in
            var state = StepState(
                name: step.shownName(at: index),
                container: step.containerName(at: index),
                image: step.image
            )
            state.source = plan.stepSources[index]
            return state
        }
    }

    /// Whether no further step may start.
    var isEnded: Bool { ending != nil }

    var isCancelled: Bool { ending?.reason == "TaskRunCancelled" }

    /// The results of the steps so far, by container name.
    var stepResults: [String: [String: ParamValue]] {
        Dictionary(
            steps.map { state in
                let values = state.results.map { ($0.name, $0.value) }
                return (state.container, Dictionary(values) { _, last in last })
            }
        ) { _, last in last }
    }

    /// The artifacts that the steps so far told of, by container name.
    var stepArtifacts: [String: Artifacts] {
        Dictionary(steps.map { ($0.container, $0.artifacts) }) { _, last in last }
    }

    /// What `/tekton/steps/<step>/exitCode` says; `nil` for a step that failed the Task.
    func visibleExitCode(of index: Int) -> Int32? {
        let state = steps[index]
        return state.terminated?.reason == "Completed" ? state.terminated?.exitCode : nil
    }
}

// MARK: What happens
extension TaskProgress {
    /// The TaskRun is refused before it has a pod.
    mutating func refuse(_ refusal: TaskRunPlan.Refusal) {
        steps = []
        ending = Ending(reason: refusal.reason, message: refusal.message, marksSteps: false)
    }

    /// A step refers to something that does not exist.
    mutating func refuseConfiguration(
        of index: Int,
        _ error: ContainerConfigError,
        at time: String
    ) {
        let name = steps.indices.contains(index) ? steps[index].name : ""
        refuseConfiguration(of: "step \"\(name)\"", error)
        mark(from: 0, reason: "CreateContainerConfigError", at: time)
    }

    /// A sidecar refers to something that does not exist.
    mutating func refuseConfiguration(
        of sidecar: SidecarDefinition,
        _ error: ContainerConfigError,
        at time: String
    ) {
        refuseConfiguration(of: "sidecar \"\(sidecar.name)\"", error)
        mark(from: 0, reason: "CreateContainerConfigError", at: time)
    }

    private mutating func refuseConfiguration(of what: String, _ error: ContainerConfigError) {
        ending = Ending(
            reason: "CreateContainerConfigError",
            message: "the \(what) in TaskRun \"\(plan.name)\" failed to start. "
                + "The pod errored with the message: \"\(error.message).\"",
            marksSteps: true
        )
    }

    /// A sidecar has ended by itself or was stopped.
    mutating func record(_ sidecar: SidecarState) { sidecars.append(sidecar) }

    /// The user asked to stop, or the PipelineRun did, in those words.
    mutating func cancel(because words: String) {
        ending = Ending(
            reason: "TaskRunCancelled",
            message: "TaskRun \"\(plan.name)\" was cancelled. \(words)",
            marksSteps: true
        )
    }

    /// The TaskRun's time is over; results are lost, as in Tekton, which deletes the pod.
    mutating func timeOut() {
        ending = Ending(
            reason: "TaskRunTimeout",
            message: "TaskRun \"\(plan.name)\" failed to finish within \"\(plan.timeout)\"",
            marksSteps: true
        )
    }

    /// An earlier step failed: this one does not run.
    mutating func skip(_ index: Int, at time: String) {
        end(index, code: 1, reason: "Error", why: "Skipped", started: time, finished: time)
    }

    /// The step's `when` does not hold: it counts as a success.
    mutating func passOver(_ index: Int, at time: String) {
        end(index, code: 0, reason: "Completed", why: "Skipped", started: time, finished: time)
    }

    /// The step's `when` could not be evaluated; `onError` is no help against that.
    mutating func failToStart(_ index: Int, at time: String) {
        hasFailed = true
        end(index, code: 1, reason: "Error", why: "Error", started: time, finished: time)
    }

    /// The step has ended by itself or was ended.
    mutating func record(
        _ ending: StepRunner.Ending,
        of step: StepDefinition,
        at index: Int,
        results: StepResults,
        started: String,
        finished: String
    ) {
        switch ending.cause {
        case .interrupt(let words): cancel(because: words)
        case .taskTimeout: timeOut()
        case .stepTimeout:
            hasFailed = true
            let (_, message) = take(results, from: index, hiddenExitCode: nil)
            end(
                index,
                code: 1,
                reason: "Error",
                why: "TimeoutExceeded",
                started: started,
                finished: finished,
                message: message
            )
            return
        case .itself, .outputFailure:
            record(ending.exit, of: step, at: index, results, started: started, finished: finished)
            return
        }
        let reason = self.ending?.reason ?? ""
        end(index, code: 1, reason: reason, why: reason, started: started, finished: finished)
    }

    private mutating func record(
        _ exit: StepExit,
        of step: StepDefinition,
        at index: Int,
        _ results: StepResults,
        started: String,
        finished: String
    ) {
        let code: Int32
        var hiddenExitCode: Int32?
        switch exit {
        case .exited(let exitCode): code = exitCode
        case .signalled: code = 255
        case .notExecuted: code = 1
        }
        if step.onError == OnError.continue.rawValue, code != 0 {
            switch exit {
            case .exited: hiddenExitCode = code
            case .signalled: hiddenExitCode = -1
            case .notExecuted: break
            }
        }
        let (fits, message) = take(results, from: index, hiddenExitCode: hiddenExitCode)
        if let hiddenExitCode, fits {
            end(
                index,
                code: hiddenExitCode,
                reason: "Completed",
                why: "Continued",
                started: started,
                finished: finished,
                message: message
            )
        } else if code == 0, fits {
            end(
                index,
                code: 0,
                reason: "Completed",
                why: "Completed",
                started: started,
                finished: finished,
                message: message
            )
        } else {
            // Results that are too large fail the step, but only after the next one was let go.
            if hiddenExitCode == nil, code != 0 { hasFailed = true }
            let shown = fits ? code : 1
            end(
                index,
                code: shown,
                reason: "Error",
                why: "Error",
                started: started,
                finished: finished,
                message: message
            )
        }
    }

    /// Keeps the results, if they fit; what the step's state says of them.
    private mutating func take(
        _ results: StepResults,
        from index: Int,
        hiddenExitCode: Int32?
    ) -> (fits: Bool, message: String) {
        guard
            TerminationMessage.fits(
                results.entries,
                hiddenExitCode: hiddenExitCode
            )
        else { return (false, "") }
        steps[index].results = results.step
        steps[index].artifacts = results.stepArtifacts
        artifacts.merge(results.taskArtifacts)
        artifacts.merge(results.stepArtifacts)
        for result in results.task {
            if let known = self.results.firstIndex(where: { $0.name == result.name }) {
                self.results[known] = result
            } else {
                self.results.append(result)
            }
        }
        return (true, TerminationMessage.text(results.entries))
    }

    private mutating func end(
        _ index: Int,
        code: Int32,
        reason: String,
        why terminationReason: String,
        started: String,
        finished: String,
        message: String = ""
    ) {
        steps[index].terminated = StepState.Terminated(
            exitCode: code,
            reason: reason,
            startedAt: started,
            finishedAt: finished,
            message: message
        )
        steps[index].terminationReason = terminationReason
    }

    /// Gives every step from `first` on, that has not ended, the TaskRun's reason.
    mutating func mark(from first: Int, reason: String, at time: String) {
        for index in steps.indices.dropFirst(first) where steps[index].terminated == nil {
            let message =
                "Step \(steps[index].name) terminated as pod \(plan.name)-pod is terminated"
            end(
                index,
                code: 1,
                reason: reason,
                why: reason,
                started: time,
                finished: time,
                message: message
            )
        }
    }
}
