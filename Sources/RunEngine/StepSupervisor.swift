// SPDX-License-Identifier: Apache-2.0
internal import Sandbox
internal import Synchronization

/// Watches over a started step: its own timeout, its task's, and the user's wish to stop.
struct StepSupervisor {
    /// Why a step ended.
    enum Cause: Sendable {
        case itself
        case stepTimeout
        case taskTimeout
        /// The run was told to stop; why, where the engine knows.
        case interrupt(String)
        /// Its output could not be kept (a full disk).
        case outputFailure
    }

    var control: RunControl
    /// Interrupted when the step's output cannot be kept.
    var outputControl: RunControl
    /// Between SIGTERM and SIGKILL.
    var grace: Duration
    /// When the step's `timeout` is over; the step is then killed at once, as Tekton does.
    var stepDeadline: ContinuousClock.Instant?
    /// When the TaskRun's timeout is over.
    var taskDeadline: ContinuousClock.Instant?

    /// Waits for the step's end and says who brought it about.
    func wait(for step: RunningStep) async -> (exit: StepExit, cause: Cause) {
        let cause = EndingCause()
        let exit = await withTaskGroup(of: StepExit?.self) { group in
            group.addTask { await step.wait() }
            if let stepDeadline {
                group.addTask {
                    guard await sleep(until: stepDeadline) else { return nil }
                    cause.claim(.stepTimeout)
                    await step.kill()
                    return nil
                }
            }
            if let taskDeadline {
                group.addTask {
                    guard await sleep(until: taskDeadline) else { return nil }
                    cause.claim(.taskTimeout)
                    await terminate(step)
                    return nil
                }
            }
            group.addTask {
                guard await control.waitForRequest(above: .none) != nil else { return nil }
                cause.claim(.interrupt(control.words))
                await terminate(step)
                return nil
            }
            group.addTask {
                guard await outputControl.waitForRequest(above: .none) != nil else { return nil }
                cause.claim(.outputFailure)
                await step.kill()
                return nil
            }
            var ending: StepExit?
            while ending == nil, let next = await group.next() { ending = next }
            group.cancelAll()
            return ending
        }
        guard let exit else { preconditionFailure("a started step has an exit") }
        return (exit, cause.value)
    }

    /// SIGTERM, the grace period (cut short by a second interrupt), SIGKILL.
    private func terminate(_ step: RunningStep) async {
        if control.request < .kill {
            await step.signal(15)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await sleep(until: .now + grace) }
                group.addTask { _ = await control.waitForRequest(above: .terminate) }
                await group.next()
                group.cancelAll()
            }
        }
        if !Task.isCancelled { await step.kill() }
    }
}

/// Who ended a step: the first to act.
private final class EndingCause: Sendable {
    private let state = Mutex(StepSupervisor.Cause.itself)

    var value: StepSupervisor.Cause { state.withLock { $0 } }

    func claim(_ cause: StepSupervisor.Cause) {
        state.withLock { current in
            if case .itself = current { current = cause }
        }
    }
}

/// Sleeps; `false` when the task was cancelled before.
private func sleep(until deadline: ContinuousClock.Instant) async -> Bool {
    (try? await Task.sleep(until: deadline, clock: .continuous)) != nil
}
