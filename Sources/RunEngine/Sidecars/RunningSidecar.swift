// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import Synchronization
internal import Tekton

/// A sidecar that was started.
final class RunningSidecar: Sendable {
    /// How it ended.
    struct Ending: Sendable {
        var exit: StepExit
        /// RFC 3339, UTC, to the second.
        var finishedAt: String
        var wasStopped: Bool
        /// Why its output could not be kept, if that is so.
        var outputFailure: (any Error)?
    }

    let definition: SidecarDefinition
    /// Its world, for the commands of its probes.
    let world: StepWorld
    private let step: RunningStep
    private let startedAt: String
    private let isStopping = Atomic(false)
    private let ending = Mutex<Ending?>(nil)
    private let ended: AsyncStream<Void>
    private let announceEnd: AsyncStream<Void>.Continuation

    init(
        _ definition: SidecarDefinition,
        _ world: StepWorld,
        _ step: RunningStep,
        startedAt: String
    ) {
        self.definition = definition
        self.world = world
        self.step = step
        self.startedAt = startedAt
        (ended, announceEnd) = AsyncStream.makeStream()
    }

    /// Waits for the sidecar's end and that of its output; called once, by whoever started it.
    func watch(_ pump: OutputPump, clock: WallClock) async {
        let exit = await step.wait()
        var made = Ending(
            exit: exit,
            finishedAt: clock.now().seconds,
            wasStopped: isStopping.load(ordering: .relaxed)
        )
        do { try await pump.finish() } catch { made.outputFailure = error }
        ending.withLock { $0 = made }
        announceEnd.finish()
    }

    var hasEnded: Bool { ending.withLock { $0 != nil } }

    /// Ends it as the kubelet does: SIGTERM, and SIGKILL when `grace` has passed or the user insists.
    func stop(grace: Duration, _ control: RunControl) async {
        isStopping.store(true, ordering: .relaxed)
        if control.request < .kill {
            await step.signal(15)
            await withTaskGroup(of: Void.self) { group in
                group.addTask { _ = await self.step.wait() }
                group.addTask { try? await Task.sleep(for: grace) }
                group.addTask { _ = await control.waitForRequest(above: .terminate) }
                await group.next()
                // The wait for the step's end cannot be cancelled: it must be near.
                await self.step.kill()
                group.cancelAll()
            }
        }
        await step.kill()
        for await _ in ended {}
    }

    /// Kills it as the kubelet kills what does not start in time: a failure of its own.
    func kill() async { await step.kill() }

    /// Its state once it has ended.
    var state: SidecarState? {
        guard let ending = ending.withLock({ $0 }) else { return nil }
        let name = definition.containerName
        return SidecarState(
            name: definition.name.isEmpty ? name : definition.name,
            container: name,
            image: definition.image,
            terminated: terminated(ending),
            wasStopped: ending.wasStopped
        )
    }

    /// Why its output could not be kept; `nil` while all is well.
    var outputFailure: (any Error)? { ending.withLock { $0?.outputFailure } }

    /// A container's own code, for there is no entrypoint of Tekton's around it: 128 and the signal.
    private func terminated(_ ending: Ending) -> StepState.Terminated {
        let code: Int32
        var reason = "Error"
        var message = ""
        switch ending.exit {
        case .exited(let exitCode): code = exitCode
        case .signalled(let signal): code = 128 + signal
        case .notExecuted(let error):
            code = 128
            reason = "StartError"
            message = "exec \(error.subject): \(error.code.description.lowercased())"
        }
        if ending.wasStopped { message = "Sidecar container successfully stopped by nop image" }
        return StepState.Terminated(
            exitCode: code,
            reason: code == 0 || ending.wasStopped ? "Completed" : reason,
            startedAt: startedAt,
            finishedAt: ending.finishedAt,
            message: message
        )
    }
}
