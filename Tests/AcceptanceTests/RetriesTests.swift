// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// TaskRuns that are tried again, through the built program.
@Suite("Retries")
struct RetriesTests {
    private func taskRun(_ script: String, retries: Int, timeout: String = "1h") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: tr}
        spec:
          retries: \(retries)
          timeout: \(timeout)
          workspaces: [{name: w, emptyDir: {}}]
          taskSpec:
            workspaces: [{name: w}]
            results: [{name: r}]
            steps:
            - {name: s, image: bash, env: [{name: M, value: MARKER}], script: '\(script)'}
        """
    }

    private func status(_ outcome: CommandOutcome) throws -> JSONValue {
        try #require(try JSONValue.parse(Array(outcome.output.utf8))["status"])
    }

    @Test func `a TaskRun that fails is tried again from an empty tree until it succeeds`() throws {
        let script = """
            n=$(context.task.retry-count); echo "try $n $(ls $(workspaces.w.path) | wc -l)"; \
            touch $(workspaces.w.path)/file; printf $n > $(results.r.path); hostname; [ $n -eq 2 ]
            """
        let run = try Run(taskRun(script, retries: 4), "-o", "json")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let status = try status(outcome)
        #expect(status["results"]?.array?.first?["value"]?.string == "2")
        let earlier = status["retriesStatus"]?.array ?? []
        #expect(earlier.count == 2)
        for attempt in earlier {
            #expect(attempt["conditions"]?.array?.first?["reason"]?.string == "StepFailed")
            #expect(attempt["retriesStatus"] == nil)
        }
        #expect(earlier.map { $0["podName"]?.string } == ["tr-pod", "tr-pod-retry1"])
        #expect(try run.log("tr.retry-0", "s") == "try 0 0\ntr-pod\n")
        #expect(try run.log("tr.retry-1", "s") == "try 1 0\ntr-pod-retry1\n")
        #expect(try run.log("tr", "s") == "try 2 0\ntr-pod-retry2\n")
        #expect(outcome.error.contains("attempt 1 of 5 failed (StepFailed)"), "\(outcome)")
    }

    @Test func `the last attempt decides, and no result of an earlier one is left`() throws {
        let script = "printf x > $(results.r.path); rm $(results.r.path); exit 7"
        let outcome = try Run(taskRun(script, retries: 1), "-o", "json").finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        let status = try status(outcome)
        #expect(status["retriesStatus"]?.array?.count == 1)
        #expect(status["conditions"]?.array?.first?["reason"]?.string == "StepFailed")
        #expect(status["results"] == nil)
    }

    @Test func `each attempt has the whole time`() throws {
        let outcome = try Run(
            taskRun("[ $(context.task.retry-count) -eq 1 ] || sleep 60", retries: 1, timeout: "2s"),
            "-o",
            "json"
        ).finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let first = try status(outcome)["retriesStatus"]?.array?.first
        #expect(first?["conditions"]?.array?.first?["reason"]?.string == "TaskRunTimeout")
    }

    @Test func `a TaskRun that the user stops is not tried again`() throws {
        let run = try Run(taskRun("echo ready; sleep 60", retries: 3), "-o", "json")
        let running = try run.command.start()
        for _ in 0..<500 where !running.error.contains("ready") { try sleep(milliseconds: 20) }
        running.send(.interrupt)
        let outcome = running.finish()
        #expect(outcome.exitCode == 130, "\(outcome)")
        #expect(try status(outcome)["retriesStatus"] == nil)
        #expect(run.processes() == [])
    }
}
