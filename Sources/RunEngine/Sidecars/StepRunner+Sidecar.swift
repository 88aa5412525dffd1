// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Sandbox
internal import SecretFS
internal import Tekton

extension StepRunner {
    /// Starts a sidecar, whose script, if it has one, stands at `script` in its world.
    ///
    /// `publications` come to the trees that it reads; whoever stops it withdraws them. Throws like `run`.
    func start(
        _ sidecar: SidecarDefinition,
        at index: Int,
        script: String?,
        _ publications: inout [String]
    ) async throws -> (sidecar: RunningSidecar, pump: OutputPump) {
        let step = sidecar.step
        var world = builder.world(for: step)
        let variables = try environment.resolve(
            step,
            initial: builder.initialEnvironment(for: step)
        )
        world.environment = variables
        world.arguments = try arguments(of: step, script: script, variables)
        let (mounts, trees) = builder.mounts(
            ofSidecar: step,
            hasScript: script != nil,
            prefix: "\(prefix)c\(index)"
        )
        world.mounts = mounts
        for tree in trees {
            try session.publish(tree)
            publications.append(tree.path)
        }
        return try await start(sidecar, step, in: world)
    }

    private func start(
        _ sidecar: SidecarDefinition,
        _ step: StepDefinition,
        in world: StepWorld
    ) async throws -> (sidecar: RunningSidecar, pump: OutputPump) {
        let taskRun = builder.plan.name
        let sinks = try output.sinks(
            taskRun: taskRun,
            pipelineTask: builder.plan.pipelineTask,
            step: step.name
        )
        let outputControl = RunControl()
        let (pump, writer) = try pump(
            into: sinks,
            of: step.name,
            takingFrom: nil,
            outputControl
        )
        do {
            try journal.emit(.stepStarted(taskRun: taskRun, step: step.name, image: step.image))
            let startedAt = session.clock.now().seconds
            let running = try await start(in: world, writingTo: consume writer)
            return (RunningSidecar(sidecar, world, running, startedAt: startedAt), pump)
        } catch {
            try? await pump.finish()
            throw error
        }
    }

    /// Starts a world; the caller must not keep `writer`, or the pipe never ends.
    private func start(
        in world: StepWorld,
        writingTo writer: consuming SharedDescriptor
    ) async throws -> RunningStep {
        let started = try await session.launcher.start(
            world,
            in: tree.directory,
            output: writer.descriptor,
            error: writer.descriptor
        )
        session.noteStepStarted()
        return started
    }

    /// Whether a command in a sidecar's world exits with 0 before the time is over.
    func succeeds(_ command: [String], in world: StepWorld, within timeout: Duration) async -> Bool
    {
        var world = world
        world.arguments = command.map { .plain($0) }
        guard let null = try? FileDescriptor.open("/dev/null", .writeOnly),
            let step = try? await session.launcher.start(
                world,
                in: tree.directory,
                output: null,
                error: null
            )
        else { return false }
        let deadline = ContinuousClock.now + timeout
        return await withTaskGroup(of: Bool.self) { group in
            group.addTask { await step.wait() == .exited(code: 0) }
            group.addTask {
                try? await Task.sleep(until: deadline, clock: .continuous)
                await step.kill()
                return false
            }
            let isReady = await group.next() ?? false
            group.cancelAll()
            return isReady
        }
    }
}
