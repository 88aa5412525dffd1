// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// Shells at breakpoints, through the built program on a terminal that script(1) makes.
@Suite("Breakpoints")
struct BreakpointTests {
    private static func taskRun(_ breakpoints: String, _ steps: String) -> String {
        """
        apiVersion: v1
        kind: Secret
        metadata: {name: s}
        stringData: {token: canary-8812-breakpoint}
        ---
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: tr}
        spec:
          debug: {breakpoints: \(breakpoints)}
          taskSpec: {steps: \(steps)}
        """
    }

    /// Runs `tacit run` with what is typed; what the terminal shows comes back.
    private func run(
        _ yaml: String,
        typing keys: String,
        _ flags: String...
    ) throws -> (Run, CommandOutcome) {
        var run = try Run(yaml, "--api", "alpha")
        run.arguments += flags
        try run.directory.write(keys, to: "keys")
        let words = run.command.arguments.map { "'\($0)'" }.joined(separator: " ")
        let outcome = try Command(
            [
                "/bin/sh", "-c",
                "(sleep 1; while read -r line; do echo \"$line\"; sleep 1; done < '\(run.directory.path("keys"))';"
                    + " sleep 2) | "
                    + "script -qec \"\(words)\" /dev/null",
            ],
            environment: run.environment
        ).run(limit: .seconds(60))
        return (run, outcome)
    }

    @Test func `after a failure the user sees the step's world, and may let the run go on`() throws
    {
        let (run, outcome) = try run(
            Self.taskRun(
                "{onFailure: enabled}",
                """
                [{name: one, image: ubuntu, env: [{name: T, valueFrom: {secretKeyRef: {name: s, key: token}}}],
                  script: "echo kept > /workspace/file; exit 7"},
                 {name: two, image: ubuntu, script: echo second}]
                """
            ),
            typing: "echo in-$(cat /workspace/file)-$T\n/tekton/debug/scripts/debug-continue\n"
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output.contains("step `one` failed with 7"), "\(outcome)")
        #expect(outcome.output.contains("in-kept-[REDACTED:s/token]"), "\(outcome)")
        #expect(!outcome.output.contains("canary-8812"))
        #expect(try run.log("tr", "two") == "second\n")
    }

    @Test func `leaving the shell decides nothing, and a step may be failed before it runs`() throws
    {
        let steps = "[{name: one, image: ubuntu, script: echo ran; exit 3}]"
        let (_, left) = try run(Self.taskRun("{onFailure: enabled}", steps), typing: "exit\n")
        #expect(left.exitCode == 1, "\(left)")
        let (before, outcome) = try run(
            Self.taskRun("{onFailure: enabled, beforeSteps: [one]}", steps),
            typing: "/tekton/debug/scripts/debug-beforestep-fail-continue\n"
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(throws: (any Error).self) { try before.log("tr", "one") }
    }

    @Test func `a failed step of a pipeline opens a shell, and may count as a success`() throws {
        let (run, outcome) = try run(
            """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
                - {name: a, taskSpec: {steps: [{name: s, image: alpine, script: "echo x > /workspace/f; exit 4"}]}}
                - {name: b, runAfter: [a], taskSpec: {steps: [{name: s, image: alpine, script: echo after}]}}
            """,
            typing: "echo in-$(cat /workspace/f)\n/tekton/debug/scripts/debug-continue\n",
            "--shell-on-failure"
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output.contains("step `s` failed with 4"), "\(outcome)")
        #expect(outcome.output.contains("in-x"), "\(outcome)")
        #expect(try run.log("p-b", "s") == "after\n")
    }

    @Test func `without a terminal a run that would stand still is refused`() throws {
        let run = try Run(
            Self.taskRun("{onFailure: enabled}", "[{name: one, image: ubuntu, script: exit 3}]"),
            "--api",
            "alpha"
        )
        let outcome = try Command(
            ["setsid", "-w"] + run.command.arguments,
            environment: run.environment
        ).run()
        #expect(
            outcome.exitCode == 4 && outcome.error.contains("there is no terminal"),
            "\(outcome)"
        )
    }
}
