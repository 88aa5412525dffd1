// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// `stdoutConfig`, `stderrConfig`, through the built program.
@Suite("Copies of a step's output")
struct OutputCopyTests {
    private func run(_ steps: String) throws -> (Run, CommandOutcome) {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec:
              workspaces: [{name: w, emptyDir: {}}]
              taskSpec:
                workspaces: [{name: w}]
                results: [{name: r}]
                steps: \(steps)
            """,
            "-o",
            "json",
            "--api",
            "alpha"
        )
        return (run, try run.finish())
    }

    @Test func `each stream is appended to its file, and both stay in the log`() throws {
        let (run, outcome) = try run(
            """
            [{name: one, image: alpine, script: "echo out; echo err >&2",
              stdoutConfig: {path: $(workspaces.w.path)/deep/out}, stderrConfig: {path: $(workspaces.w.path)/err}},
             {name: two, image: alpine, script: printf more, stdoutConfig: {path: $(workspaces.w.path)/deep/out}},
             {name: three, image: alpine, script: "cat $(workspaces.w.path)/deep/out; echo -; cat $(workspaces.w.path)/err;
                stat -c '%a %u' $(workspaces.w.path)/deep $(workspaces.w.path)/err"},
             {name: four, image: alpine, script: printf result, stdoutConfig: {path: $(results.r.path)}}]
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "three") == "out\nmore-\nerr\n755 0\n644 0\n")
        let lines = try run.log("tr", "one").split(separator: "\n").sorted()
        #expect(lines == ["err", "out"])
        #expect(outcome.output.contains("\"value\": \"result\""))
    }

    @Test func `a file that cannot be opened fails the step with Tekton's words`() throws {
        let (run, outcome) = try run(
            "[{name: s, image: alpine, script: echo ran, stdoutConfig: {path: /tekton/scripts/x}}]"
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        let text =
            "Error executing command: error opening /tekton/scripts/x: open /tekton/scripts/x: "
        #expect(try run.log("tr", "s").hasPrefix(text))
    }
}
