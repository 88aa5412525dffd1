// SPDX-License-Identifier: Apache-2.0
internal import Platform
internal import Redaction
internal import Sandbox
internal import Tekton

/// A shell in a step's world, on the user's terminal: what a breakpoint opens.
///
/// What it prints passes through the redactor, as everything that leaves a world. Its keys, Ctrl-C too, go to
/// the shell and not to Tacit.
struct DebugShell {
    var runner: StepRunner
    var terminal: DebugTerminal

    /// Opens the shell and waits until it is left; decides nothing where another shell has the terminal.
    func open(
        _ step: StepDefinition,
        at index: Int,
        _ breakpoint: Breakpoint
    ) async throws -> Breakpoint.Decision {
        guard terminal.take() else { return .none }
        defer { terminal.release() }
        try lay(breakpoint, at: index)
        let ready = try runner.ready(step, at: index)
        defer { runner.withdraw(ready) }
        var world = ready.world
        world.environment =
            try runner.environment.resolve(
                step,
                initial: runner.builder.initialEnvironment(for: step)
            ) + [StepWorld.Variable("TERM", .plain(terminal.type))]
        world.arguments = ["/bin/sh", "-c", Self.start].map { .plain($0) }
        world.mounts += [
            WorldMount(.task("debug/scripts"), at: "/tekton/debug/scripts", readOnly: true),
            WorldMount(.task("debug/info"), at: "/tekton/debug/info"),
        ]
        terminal.say(breakpoint.announcement(step.shownName(at: index)))
        try await run(world)
        return decision
    }

    /// The terminal becomes the shell's controlling one, so that Ctrl-C and jobs work.
    private static let start =
        "command -v setsid >/dev/null || exec /bin/sh -i <&1; setsid -c /bin/sh -i <&1; exit $?"

    /// Lays out the commands that decide, and forgets the last decision.
    private func lay(_ breakpoint: Breakpoint, at index: Int) throws {
        for (path, permissions) in [
            ("debug", 0o755), ("debug/scripts", 0o755), ("debug/info", 0o777),
        ] as [(String, UInt32)] {
            try runner.tree.directory.directory.makeDirectoryBeneath(path, permissions: permissions)
        }
        for (name, word) in breakpoint.scripts {
            let script =
                "#!/bin/sh\necho \(word) > /tekton/debug/info/decision && kill -HUP $PPID\n"
            try runner.tree.directory.directory.writeBeneath(
                "debug/scripts/\(name)",
                Array(script.utf8),
                permissions: 0o755
            )
        }
        try runner.tree.directory.directory.writeBeneath(
            "debug/info/decision",
            [],
            permissions: 0o666
        )
    }

    private var decision: Breakpoint.Decision {
        let bytes = runner.tree.readResult("debug/info/decision", limit: 64) ?? []
        return switch String(decoding: bytes, as: UTF8.self) {
        case "go-on\n": .goOn
        case "fail\n": .fail
        default: .none
        }
    }

    private func run(_ world: StepWorld) async throws {
        let (step, output) = try await start(world)
        let raw = RawTerminal(terminal.descriptor.descriptor)
        let keyboard = ShellKeyboard(from: terminal.descriptor, to: output.master)
        _ = await step.wait()
        keyboard.stop()
        await output.finish()
        raw.restore()
    }

    /// Starts the shell; the terminal's other end is the shell's alone then.
    private func start(_ world: StepWorld) async throws -> (RunningStep, ShellOutput) {
        let pair = try PseudoTerminal(like: terminal.descriptor.descriptor)
        let step = try await runner.session.launcher.start(
            world,
            in: runner.tree.directory,
            output: pair.slave.descriptor,
            error: pair.slave.descriptor
        )
        runner.session.noteStepStarted()
        let output = ShellOutput(
            reading: pair.master,
            through: runner.session.redactor,
            to: terminal.descriptor
        )
        return (step, output)
    }
}
