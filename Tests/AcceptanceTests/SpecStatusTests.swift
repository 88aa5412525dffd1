// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// Runs whose `spec.status` keeps them from beginning, and tasks that another controller would run.
@Suite("What does not begin")
struct SpecStatusTests {
    @Test(arguments: [
        ("TaskRunCancelled", "", "False", "TaskRun \"t\" was cancelled. "),
        ("TaskRunCancelled", "not today", "False", "TaskRun \"t\" was cancelled. not today"),
        ("TaskRunPending", "", "Unknown", "TaskRun \"t\" is pending"),
    ])
    func `a TaskRun that is cancelled or pending runs nothing, and needs nothing`(
        status: String,
        words: String,
        verdict: String,
        message: String
    ) throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              status: \(status)
              \(words.isEmpty ? "" : "statusMessage: \(words)")
              retries: 2
              taskRef: {name: nowhere}
            """,
            "-o",
            "json"
        ).finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        let condition = object["status"]?["conditions"]?.array?.first
        #expect(condition?["reason"]?.string == status, "\(outcome)")
        #expect(condition?["status"]?.string == verdict)
        #expect(condition?["message"]?.string == message)
        #expect((object["status"]?["completionTime"] == nil) == (verdict == "Unknown"))
        #expect(object["status"]?["retriesStatus"] == nil)
    }

    @Test(arguments: [
        ("taskRef: {apiVersion: example.dev/v1, kind: Wait, name: w}", "tasks[0].taskRef.kind"),
        (
            "taskSpec: {apiVersion: example.dev/v1, kind: Wait, spec: {a: 1}}",
            "tasks[0].taskSpec.kind"
        ),
    ])
    func `a custom task is refused before anything runs, and valid all the same`(
        task: String,
        path: String
    ) throws {
        let yaml = """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
                - name: other
                  \(task)
                - {name: own, taskSpec: {steps: [{image: alpine, script: echo ran}]}}
            """
        let run = try Run(yaml)
        let outcome = try run.finish()
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(outcome.error.contains("run.yaml:8:"), "\(outcome)")
        #expect(outcome.error.contains("custom tasks of kind `Wait`"), "\(outcome)")
        #expect(!outcome.output.contains("ran") && !outcome.error.contains("[own"))
        let verdict = try Command(
            [run.command.arguments[0], "validate", run.directory.path("run.yaml"), "-o", "json"],
            environment: run.environment
        ).run()
        #expect(verdict.exitCode == 0, "\(verdict)")
        #expect(verdict.output.contains(path), "\(verdict)")
    }

    @Test func `a TaskRun's reference may spell its kind as it likes`() throws {
        let outcome = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: Task
            metadata: {name: own}
            spec: {steps: [{image: alpine, script: echo ran}]}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec: {taskRef: {name: own, kind: task}}
            """
        ).finish()
        #expect(outcome.exitCode == 0 && outcome.output.contains("ran"), "\(outcome)")
    }
}
