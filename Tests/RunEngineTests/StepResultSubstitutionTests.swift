// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@testable import RunEngine

@Suite("Results of earlier steps")
struct StepResultSubstitutionTests {
    private let substitution = StepResultSubstitution(results: [
        "step-one": [
            "r": .string("val"), "l": .array(["x", "y"]), "o": .object(["k": "v"]),
        ]
    ])

    private func step(args: [String], script: String = "") -> StepDefinition {
        var step = StepDefinition()
        step.args = args
        step.script = script
        return step
    }

    @Test func `strings, elements, whole arrays and keys are replaced in args`() {
        let args = [
            "<$(steps.one.results.r)>", "$(steps.one.results.l[1])", "$(steps.one.results.l[*])",
            "$(steps.one.results.o.k)",
        ]
        #expect(substitution.apply(to: step(args: args)).args == ["<val>", "y", "x", "y", "v"])
    }

    @Test func `one missing result leaves every argument as it is`() {
        let args = ["$(steps.one.results.missing)", "$(steps.one.results.r)"]
        #expect(substitution.apply(to: step(args: args)).args == args)
    }

    @Test func `a script is left alone`() {
        let script = "echo $(steps.one.results.r)"
        #expect(substitution.apply(to: step(args: [], script: script)).script == script)
    }
}
