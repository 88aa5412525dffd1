// SPDX-License-Identifier: Apache-2.0
import Sandbox
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

    private func apply(_ arguments: String...) -> [String?] {
        substitution.apply(toArguments: arguments.map { .plain($0) }).map { text in
            if case .plain(let text) = text { text } else { nil }
        }
    }

    @Test func `strings, elements, whole arrays and keys are replaced in arguments`() {
        #expect(
            apply(
                "<$(steps.one.results.r)>",
                "$(steps.one.results.l[1])",
                "$(steps.one.results.l[*])",
                "$(steps.one.results.o.k)"
            ) == ["<val>", "y", "x", "y", "v"]
        )
    }

    @Test func `one missing result leaves every argument as it is`() {
        #expect(
            apply("$(steps.one.results.missing)", "$(steps.one.results.r)")
                == ["$(steps.one.results.missing)", "$(steps.one.results.r)"]
        )
    }

    @Test func `a condition is replaced, and a script is left alone`() {
        var step = StepDefinition()
        step.script = "echo $(steps.one.results.r)"
        var condition = WhenExpression()
        condition.input = "$(steps.one.results.r)"
        condition.operatorName = "in"
        condition.values = ["$(steps.one.results.l[*])"]
        step.when = [condition]
        let replaced = substitution.apply(toConditionsOf: step)
        #expect(replaced.script == step.script)
        #expect(replaced.when.first?.input == "val")
        #expect(replaced.when.first?.values == ["x", "y"])
    }
}
