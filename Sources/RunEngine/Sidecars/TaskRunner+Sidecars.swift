// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import SecretFS
internal import Tekton

extension TaskRunner {
    /// Runs `steps` beside the sidecars: all of them are started, in order, and ready or ended before it
    /// begins, and none is left when this returns.
    func withSidecars(
        _ runner: StepRunner,
        _ progress: inout TaskProgress,
        until deadline: ContinuousClock.Instant?,
        steps: (inout TaskProgress) async throws -> Void
    ) async throws {
        if plan.sidecars.isEmpty { return try await steps(&progress) }
        var publications: [String] = []
        defer { for path in publications { session.filesystem.withdraw(path) } }
        try await withThrowingTaskGroup(of: Void.self) { group in
            var running: [RunningSidecar] = []
            do {
                for index in plan.sidecars.indices where !progress.isEnded {
                    guard
                        let (started, pump) = try await start(
                            index,
                            runner,
                            &progress,
                            &publications
                        )
                    else { continue }
                    running.append(started)
                    let clock = session.clock
                    group.addTask { await started.watch(pump, clock: clock) }
                }
                if !progress.isEnded { await waitUntilReady(running, runner, until: deadline) }
                try await steps(&progress)
            } catch {
                await stop(running)
                throw error
            }
            await stop(running)
            try conclude(running, &progress)
        }
    }

    /// Starts a sidecar; `nil` when it refers to something that does not exist, which ends the TaskRun.
    private func start(
        _ index: Int,
        _ runner: StepRunner,
        _ progress: inout TaskProgress,
        _ publications: inout [String]
    ) async throws -> (sidecar: RunningSidecar, pump: OutputPump)? {
        let sidecar = plan.sidecars[index]
        let script = try write(scriptOf: sidecar, at: index, in: runner.tree)
        do {
            return try await runner.start(sidecar, at: index, script: script, &publications)
        } catch let error as ContainerConfigError {
            let now = session.clock.now().seconds
            progress.refuseConfiguration(of: sidecar, error, at: now)
            return nil
        }
    }

    private func write(
        scriptOf sidecar: SidecarDefinition,
        at index: Int,
        in tree: TaskTree
    ) throws -> String? {
        if sidecar.script.isEmpty { return nil }
        let suffix = try session.randomness.nameSuffix()
        return try tree.write(script: sidecar.script, named: "sidecar-script-\(index)-\(suffix)")
    }

    /// Also returns when the TaskRun's time is over or the user asks to stop; the first step finds out.
    private func waitUntilReady(
        _ sidecars: [RunningSidecar],
        _ runner: StepRunner,
        until deadline: ContinuousClock.Instant?
    ) async {
        let control = control
        await withTaskGroup(of: Void.self) { group in
            group.addTask {
                await withTaskGroup(of: Void.self) { probes in
                    for sidecar in sidecars {
                        let prober = SidecarProber(runner: runner, sidecar: sidecar)
                        probes.addTask { await prober.waitUntilReady() }
                    }
                }
            }
            if let deadline {
                group.addTask { try? await Task.sleep(until: deadline, clock: .continuous) }
            }
            group.addTask { _ = await control.waitForRequest(above: .none) }
            await group.next()
            group.cancelAll()
        }
    }

    private func stop(_ sidecars: [RunningSidecar]) async {
        let (grace, control) = (session.settings.gracePeriod, control)
        await withTaskGroup(of: Void.self) { group in
            for sidecar in sidecars {
                group.addTask { await sidecar.stop(grace: grace, control) }
            }
        }
    }

    /// Takes down how the sidecars ended; throws why the output of one could not be kept.
    private func conclude(_ sidecars: [RunningSidecar], _ progress: inout TaskProgress) throws {
        for sidecar in sidecars {
            if let failure = sidecar.outputFailure { throw failure }
            guard let state = sidecar.state else {
                preconditionFailure("a sidecar that was stopped has ended")
            }
            progress.record(state)
            try journal.emit(
                .stepFinished(
                    RunEvent.StepFinished(
                        taskRun: plan.name,
                        step: state.container,
                        exitCode: state.terminated.exitCode,
                        reason: state.terminated.reason,
                        terminationReason: ""
                    )
                )
            )
        }
    }
}
