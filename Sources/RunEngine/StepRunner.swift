// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform
internal import Redaction
internal import Sandbox
internal import SecretFS
internal import Tekton

/// Runs one step: publishes its secrets, builds its world, starts it, carries its output through the
/// redactor, and waits for its end.
struct StepRunner {
    var session: RunSession
    var builder: StepWorldBuilder
    var environment: StepEnvironment
    var credentials: AccountCredentials
    var tree: TaskTree
    var inbox: MaskInbox
    var journal: RunJournal
    var output: any RunOutput
    var control: RunControl
    var taskDeadline: ContinuousClock.Instant?
    /// The step's own place below the secret filesystem's root comes below this one.
    var prefix: String

    /// What earlier steps have left for this one.
    struct Earlier: Sendable {
        var results: StepResultSubstitution
        var artifacts: StepArtifactSubstitution
    }

    /// How a step ended, before its results are looked at.
    struct Ending: Sendable {
        var exit: StepExit
        var cause: StepSupervisor.Cause

        /// What it failed with by itself; `nil` for a success, and where it was ended.
        var failureCode: Int32? {
            guard case .itself = cause else { return nil }
            return switch exit {
            case .exited(let code): code == 0 ? nil : code
            case .signalled: 255
            case .notExecuted: 1
            }
        }
    }

    /// Runs a step, whose script, if it has one, stands at `script` in its world.
    ///
    /// `meanwhile` is called once, while the launcher starts its program. Throws `ContainerConfigError` when the step
    /// refers to something missing, `SandboxError` when its world cannot be built, and what a sink or the
    /// journal threw.
    ///
    /// References to results of earlier steps are replaced last, as Tekton's entrypoint does: a result's
    /// text is not expanded.
    func run(
        _ step: StepDefinition,
        _ ready: ReadyStep,
        script: String?,
        earlier: Earlier,
        meanwhile: () -> Void
    ) async throws -> Ending {
        var world = ready.world
        let variables = try environment.resolve(
            step,
            initial: builder.initialEnvironment(for: step)
        )
        world.arguments = earlier.results.apply(
            toArguments: try arguments(of: step, script: script, variables)
        )
        world.environment = earlier.results.apply(to: variables)
        earlier.artifacts.apply(to: &world)
        return try await run(step, at: ready.index, in: world, meanwhile)
    }

    /// Throws `ContainerConfigError` when the step's container could not be made, before any step runs.
    func checkConfiguration(of step: StepDefinition) throws {
        _ = try environment.resolve(step, initial: [])
        let pod = builder.plan.definition.spec.podTemplate?.securityContext
        let isNonRoot = step.securityContext?.runAsNonRoot ?? pod?.runAsNonRoot ?? false
        if isNonRoot, builder.world(for: step).user == 0 {
            throw ContainerConfigError(
                message: "container has runAsNonRoot and image will run as root"
            )
        }
    }

    private func run(
        _ step: StepDefinition,
        at index: Int,
        in world: StepWorld,
        _ meanwhile: () -> Void
    ) async throws -> Ending {
        let name = step.shownName(at: index)
        let taskRun = builder.plan.name
        let tail = OutputTail()
        let copies = try OutputCopies(of: step, at: index, in: world, tree)
        let sinks =
            try output.sinks(
                taskRun: taskRun,
                pipelineTask: builder.plan.pipelineTask,
                step: name
            ) + [tail]
        let outputControl = RunControl()
        let outlets = try outlets(into: sinks, of: name, copies, outputControl)
        let pumps = outlets.pumps
        let ending: Ending
        do {
            try journal.emit(.stepStarted(taskRun: taskRun, step: name, image: step.image))
            ending = try await start(
                step,
                in: world,
                writingTo: consume outlets,
                outputControl,
                meanwhile
            )
        } catch {
            for pump in pumps { try? await pump.finish() }
            throw error
        }
        for pump in pumps { try await pump.finish() }
        try noteMissingTool(ending.exit, of: step, named: name, tail)
        try noteRefusedAlteration(ending.exit, named: name, tail)
        return ending
    }

    /// What a step writes to, and what empties it.
    private struct Outlets {
        var pumps: [OutputPump]
        var output: SharedDescriptor
        var error: SharedDescriptor
    }

    /// One pipe for both streams, so that their order stays; one each where they are copied to files.
    private func outlets(
        into sinks: [any OutputSink],
        of step: String,
        _ copies: OutputCopies?,
        _ outputControl: RunControl
    ) throws -> Outlets {
        guard let copies else {
            let (pump, writer) = try pump(into: sinks, of: step, takingFrom: inbox, outputControl)
            return Outlets(pumps: [pump], output: writer, error: writer)
        }
        let joined = [JoinedSink(sinks, writerCount: 2)]
        let (outputPump, output) = try pump(
            into: joined,
            of: step,
            takingFrom: inbox,
            copyingTo: copies.output,
            outputControl
        )
        let (errorPump, error) = try pump(
            into: joined,
            of: step,
            takingFrom: nil,
            copyingTo: copies.error,
            outputControl
        )
        return Outlets(pumps: [outputPump, errorPump], output: output, error: error)
    }

    /// The pump of the step's output, and the end of its pipe that the step will write to.
    func pump(
        into sinks: [any OutputSink],
        of step: String,
        takingFrom inbox: MaskInbox?,
        copyingTo copy: SharedDescriptor? = nil,
        _ outputControl: RunControl
    ) throws -> (OutputPump, SharedDescriptor) {
        let pipe = try Pipe()
        let pump = OutputPump(
            reading: pipe.reader,
            through: session.redactor,
            session.addedMasks,
            inbox,
            of: step,
            copyingTo: copy,
            into: sinks,
            onFailure: { _ in outputControl.interrupt(signal: 9) }
        )
        return (pump, pipe.writer)
    }

    /// Starts the step and waits for its end; the caller must not keep `outlets`, or the pipes never end.
    private func start(
        _ step: StepDefinition,
        in world: StepWorld,
        writingTo outlets: consuming Outlets,
        _ outputControl: RunControl,
        _ meanwhile: () -> Void
    ) async throws -> Ending {
        let started = try await session.launcher.start(
            world,
            in: tree.directory,
            output: outlets.output.descriptor,
            error: outlets.error.descriptor,
            meanwhile: meanwhile
        )
        session.noteStepStarted()
        let supervisor = StepSupervisor(
            control: control,
            outputControl: outputControl,
            grace: session.settings.gracePeriod,
            stepDeadline: step.timeout.flatMap { timeout in
                timeout.nanoseconds > 0 ? .now + timeout.duration : nil
            },
            taskDeadline: taskDeadline
        )
        let (exit, cause) = await supervisor.wait(for: started)
        try explain(exit, of: step, on: outlets.error)
        return Ending(exit: exit, cause: cause)
    }

    /// The program and its arguments: the script, the command, or what the image would run.
    func arguments(
        of step: StepDefinition,
        script: String?,
        _ variables: [StepWorld.Variable]
    ) throws -> [StepWorld.Text] {
        let own = environment.expandable(variables, of: step)
        let table = Dictionary(own.map { ($0.name, $0.value) }) { _, last in last }
        var words = step.command
        if let script {
            words = [script]
        } else if words.isEmpty {
            words = session.settings.images.entry(for: step.image)?.entrypoint ?? []
        }
        return try (words + step.args).map { try VariableExpansion.expand($0, table) }
    }

    /// Says in the step's own output why its program could not be executed, as Tekton's entrypoint.
    private func explain(
        _ exit: StepExit,
        of step: StepDefinition,
        on writer: SharedDescriptor
    ) throws {
        guard case .notExecuted(let error) = exit else { return }
        try writer.descriptor.write(
            "Error executing command: fork/exec \(error.subject): "
                + "\(error.code.description.lowercased())\n"
        )
    }

    /// What a script's `#!` names: when the kernel finds no program, that is what is missing.
    private func interpreter(of script: String) -> String? {
        guard script.hasPrefix("#!") else { return nil }
        let line = script.dropFirst(2).prefix { !$0.isNewline }
        return line.split(separator: " ").first.map(String.init)
    }

    /// Says which image would have brought a command that this host lacks.
    private func noteMissingTool(
        _ exit: StepExit,
        of step: StepDefinition,
        named name: String,
        _ tail: OutputTail
    ) throws {
        let missing: String?
        switch exit {
        case .notExecuted(let error) where error.code == .notFound:
            missing = interpreter(of: step.script) ?? error.subject
        case .exited(code: 127): missing = tail.missingCommand
        default: return
        }
        let what = missing.map { "`\($0)`" } ?? "a command"
        try journal.emit(
            .noted(
                "step `\(name)`: this host has no \(what); image `\(step.image)` would have brought "
                    + "it: install it on the host, or map the image in the configuration's `images`"
            )
        )
    }

    /// Says what an ordinary user's step cannot do, where that may have been why it failed.
    private func noteRefusedAlteration(
        _ exit: StepExit,
        named name: String,
        _ tail: OutputTail
    ) throws {
        guard session.settings.isOrdinaryUser, exit != .exited(code: 0),
            tail.saysAlterationWasRefused
        else { return }
        try journal.emit(
            .noted(
                "step `\(name)`: the steps of an ordinary user can create files anywhere, but cannot "
                    + "alter those of the host's root in place, so no `apt-get install`: if that was why "
                    + "it failed, run tacit as root"
            )
        )
    }
}
