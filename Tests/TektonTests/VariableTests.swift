// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

struct VariableTests {
    private func names(_ text: String, _ prefix: VariablePrefix = .params) -> [String] {
        VariableReference.all(in: text, prefix: prefix).map(\.variable)
    }

    @Test(arguments: [
        ("a $(params.x) b $(params.y)", ["x", "y"]),
        ("$(params['a.b'])$(params[\"c\"])", ["a.b", "c"]),
        ("$(params.o.key) $(params.a[0]) $(params.a[*])", ["o", "a[0]", "a[*]"]),
        ("$$(params.x)", ["x"]),
        ("$(inputs.params.x) $(param.x) $(paramsx.y) $(date)", []),
        ("$(params.x\n) $(params.y)", ["y"]),
        ("$(params.)", [""]),
        ("$(params.x", []),
        ("$(params['x) $(params.y)", ["y"]),
        ("$(params.a $(params.b))", ["a $(params"]),
    ])
    func `references are found as Tekton's expressions find them`(text: String, found: [String]) {
        #expect(names(text) == found)
    }

    @Test func `a prefix ends where it ends`() {
        let text = "$(context.taskRun.name) $(context.task.x)"
        #expect(names(text, .taskContext) == ["x"])
        #expect(names(text, .taskRunContext) == ["name"])
        #expect(names("$(step_results.a)", .stepResults) == ["a"])
        #expect(names("$(params.axb.k)", .keys(of: "a.b")) == ["k"])
    }

    @Test(arguments: [
        ("a[0]", "a"), ("a[*]b[12]", "ab"), ("a[]", "a"), ("a[x]", "a[x]"), ("[1][*]", ""),
        ("a[1", "a[1"), ("a[1*]", "a"),
    ])
    func `indices are cut off a name`(name: String, rest: String) {
        #expect(VariableReference.withoutIndices(name) == rest)
    }

    @Test(arguments: [
        ("a $(x.y-z_1) $(a[0])$(b[*])", ["x.y-z_1", "a[0]", "b[*]"]),
        ("$(a b) $() $(a[x]) $(a[]) $(a", []),
        ("$($(a))", ["a"]),
    ])
    func `expressions are well-formed`(text: String, found: [String]) {
        #expect(VariableExpressions.all(in: text) == found)
    }

    @Test func `a result reference has four or five parts`() {
        let plain = ResultReference("tasks.t.results.r")
        #expect(plain?.pipelineTask == "t")
        #expect(plain?.result == "r")
        #expect(ResultReference("tasks.t.results.r[3]")?.index == 3)
        #expect(ResultReference("tasks.t.results.r[*]")?.result == "r")
        #expect(ResultReference("tasks.t.results.r.k")?.key == "k")
        #expect(ResultReference("finally.t.results.r")?.section == "finally")
        #expect(ResultReference("tasks.t.results.r.k.l") == nil)
        #expect(ResultReference("tasks.t.status") == nil)
        #expect(ResultReference.looksLikeOne("tasks.t.results.r.k.l"))
    }

    @Test func `what a step leaves behind is recognised`() throws {
        let found = try #require(StepReferences.stepResult(in: "x\n$(steps.a.results.b) y"))
        #expect(found == ("a", "b"))
        #expect(!StepReferences.hasStepResult("$(steps.a\n.results.b)"))
        #expect(!StepReferences.hasStepResult("$(steps.a.outputs.b)"))
        #expect(StepReferences.hasArtifact("$(steps.a.outputs.b)"))
        #expect(!StepReferences.hasArtifact("$(steps.a.b.outputs.c)"))
        #expect(StepReferences.hasTaskArtifact("-$(tasks.a.inputs.b)-"))
        #expect(StepReferences.hasArtifact("$(artifacts.path)"))
        #expect(StepReferences.hasArtifact("$(step.artifacts.path)"))
    }
}
