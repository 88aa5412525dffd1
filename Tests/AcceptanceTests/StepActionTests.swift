// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// Steps that run StepActions, through the built program.
@Suite("StepActions")
struct StepActionTests {
    private static let action = """
        apiVersion: tekton.dev/v1beta1
        kind: StepAction
        metadata: {name: greet}
        spec:
          image: alpine
          params:
          - {name: whom, default: world}
          - {name: text, default: "hello $(params.whom)"}
          env: [{name: TEXT, value: $(params.text)}]
          results: [{name: said}]
          script: printf %s "$TEXT" | tee $(step.results.said.path)
        ---

        """

    private static func taskRun(_ steps: String) -> String {
        """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: tr}
        spec:
          params: [{name: name, value: you}]
          taskSpec:
            params: [{name: name}]
            results: [{name: said, value: $(steps.one.results.said)}]
            steps: \(steps)
        """
    }

    @Test func `a step runs the action with its params and gives its results on`() throws {
        let run = try Run(
            Self.action
                + Self.taskRun(
                    """
                    [{name: one, ref: {name: greet},
                      params: [{name: whom, value: $(params.name)}]},
                     {name: two, image: alpine, args: ["<$(steps.one.results.said)>"], command: [echo]}]
                    """
                ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "one") == "hello you")
        #expect(try run.log("tr", "two") == "<hello you>\n")
        #expect(outcome.output.contains("\"value\": \"hello you\""), "\(outcome)")
        let status = try JSONValue.parse(Array(outcome.output.utf8))["status"]
        let steps = status?["taskSpec"]?["steps"]?.array
        #expect(steps?.first?["ref"] == nil && steps?.first?["image"]?.string == "alpine")
    }

    @Test func `a param that the action does not have fails the run before any step`() throws {
        let run = try Run(
            Self.action
                + Self.taskRun("[{name: one, ref: {name: greet}, params: [{name: x, value: y}]}]"),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(outcome.output.contains("TaskRunResolutionFailed"), "\(outcome)")
        #expect(outcome.output.contains("extra params passed by Step to StepAction: [x]"))
    }

    @Test func `an action that is not among the files is named with its place`() throws {
        let run = try Run(Self.action + Self.taskRun("[{name: one, ref: {name: gret}}]"))
        let outcome = try run.finish()
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(outcome.error.contains("no StepAction `gret` in namespace `default`"))
        #expect(outcome.error.contains("did you mean `greet`?"))
        #expect(outcome.error.contains("run.yaml:21:"), "\(outcome)")
    }
}
