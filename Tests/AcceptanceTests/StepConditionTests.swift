// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// CEL conditions and artifacts of steps, through the built program.
@Suite("Conditions and artifacts of steps")
struct StepConditionTests {
    private func run(_ steps: String) throws -> (Run, CommandOutcome, JSONValue?) {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec:
              params: [{name: branch, value: main}]
              taskSpec:
                params: [{name: branch}]
                steps: \(steps)
            """,
            "-o",
            "json",
            "--api",
            "alpha"
        )
        let outcome = try run.finish()
        return (run, outcome, try JSONValue.parse(Array(outcome.output.utf8))["status"])
    }

    @Test func `a CEL condition sees params and results of earlier steps`() throws {
        let (_, outcome, status) = try run(
            """
            [{name: one, image: alpine, results: [{name: r}], script: printf yes > $(step.results.r.path)},
             {name: two, image: alpine, script: exit 3,
              when: [{cel: "'$(params.branch)'.startsWith('release')"}]},
             {name: three, image: alpine, script: echo ran, when: [{cel: "'$(steps.one.results.r)' in ['yes']"}]}]
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        let reasons = status?["steps"]?.array?.map { $0["terminationReason"]?.string }
        #expect(reasons == ["Completed", "Skipped", "Completed"])
    }

    @Test func `a CEL condition without a value fails its step, whatever onError says`() throws {
        let (run, outcome, status) = try run(
            """
            [{name: one, image: alpine, script: echo ran, onError: continue,
              when: [{cel: "int('$(params.branch)') > 1"}]},
             {name: two, image: alpine, script: echo ran}]
            """
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        let reasons = status?["steps"]?.array?.map { $0["terminationReason"]?.string }
        #expect(reasons == ["Error", "Skipped"])
        let text = "Error executing command: type conversion error from 'string' to 'int'\n"
        #expect(try run.log("tr", "one") == text)
    }

    @Test func `a CEL condition that is none is refused with its place`() throws {
        let (_, outcome, _) = try run(
            "[{name: one, image: alpine, script: echo ran, when: [{cel: \"$(params.branch) == 'x'\"}]}]"
        )
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(outcome.error.contains("token recognition error at: '$'"), "\(outcome)")
    }

    @Test func `artifacts are given on to later steps, and told in the status`() throws {
        let (run, outcome, status) = try run(
            """
            [{name: one, image: alpine, script:
                "echo '{\\"outputs\\":[{\\"name\\":\\"i\\",\\"values\\":[{\\"uri\\":\\"pkg:a\\"}]}]}' > $(step.artifacts.path)"},
             {name: two, image: alpine, command: [echo], args: ["$(steps.one.outputs.i)"]},
             {name: three, image: alpine, script: "echo '$(steps.one.outputs.i)' '$(steps.one.outputs.none)'"}]
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "two") == "[{\"uri\":\"pkg:a\"}]\n")
        #expect(try run.log("tr", "three") == "$(steps.one.outputs.i) $(steps.one.outputs.none)\n")
        let uri = { (json: JSONValue?) in
            json?["outputs"]?.array?.first?["values"]?.array?.first?["uri"]?.string
        }
        #expect(uri(status?["steps"]?.array?.first) == "pkg:a")
        #expect(uri(status?["artifacts"]) == "pkg:a")
    }
}
