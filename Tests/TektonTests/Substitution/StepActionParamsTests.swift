// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

@Suite struct StepActionParamsTests {
    private static func spec(_ name: String, _ value: ParamValue? = nil) -> ParamSpec {
        var spec = ParamSpec()
        spec.name = name
        spec.type = value?.type ?? .string
        spec.defaultValue = value
        return spec
    }

    private static func param(_ name: String, _ value: ParamValue) -> Param {
        var param = Param()
        param.name = name
        param.value = value
        return param
    }

    /// The arguments of an action that has them, run by a step that gives these params.
    private func arguments(
        _ args: [String],
        declaring params: [ParamSpec],
        given: [Param] = [],
        taskParams: Replacements = Replacements()
    ) throws -> [String] {
        var action = StepActionSpec()
        action.image = "i"
        action.args = args
        action.params = params
        var step = StepDefinition()
        step.reference = StepActionReference()
        step.params = given
        return try step.running(action, taskParams: taskParams).args
    }

    private func problem(_ params: [ParamSpec], given: [Param] = []) -> String? {
        do {
            _ = try arguments(["$(params.a)"], declaring: params, given: given)
            return nil
        } catch {
            return "\(error)"
        }
    }

    @Test func `what the step gives wins over the default`() throws {
        let params = [Self.spec("a", .string("default")), Self.spec("b", .string("kept"))]
        let given = [Self.param("a", .string("given"))]
        let words = ["$(params.a)", "$(params.b)", "$(params['a'])"]
        #expect(
            try arguments(words, declaring: params, given: given) == ["given", "kept", "given"]
        )
    }

    @Test func `the step's params take the Task's values`() throws {
        let task = Replacements.params(
            declared: [],
            given: [Self.param("list", .array(["x", "y"])), Self.param("t", .string("v"))]
        )
        let params = [Self.spec("a", .array([])), Self.spec("b")]
        let given = [
            Self.param("a", .string("$(params.list[*])")),
            Self.param("b", .string("-$(params.t)-")),
        ]
        let words = ["$(params.a[*])", "$(params.a[1])", "$(params.b)"]
        #expect(
            try arguments(words, declaring: params, given: given, taskParams: task)
                == ["x", "y", "y", "-v-"]
        )
    }

    @Test func `a default takes the value that another param has in this step`() throws {
        let params = [
            Self.spec("c", .string("$(params.b)!")), Self.spec("b", .string("<$(params.a)>")),
            Self.spec("a", .string("default")),
        ]
        let given = [Self.param("a", .string("given"))]
        #expect(
            try arguments(["$(params.c)"], declaring: params, given: given) == ["<given>!"]
        )
        #expect(try arguments(["$(params.c)"], declaring: params) == ["<default>!"])
    }

    @Test func `defaults that refer to each other in a circle are refused`() {
        let params = [
            Self.spec("a", .string("$(params.b)")), Self.spec("b", .string("$(params.a)")),
        ]
        #expect(problem(params) == "circular dependency detected in parameter references")
    }

    @Test func `a default that refers to nothing is refused by name`() {
        #expect(
            problem([Self.spec("a", .string("$(params.nosuch)"))])
                == "parameter \"a\" references non-existent parameter \"nosuch\""
        )
    }

    @Test func `params that are too many or too few are refused by name`() {
        #expect(
            problem([Self.spec("a"), Self.spec("b")]) == "non-existent params in Step: [a b]"
        )
        let extra = [Self.param("a", .string("")), Self.param("x", .string(""))]
        #expect(
            problem([Self.spec("a")], given: extra)
                == "extra params passed by Step to StepAction: [x]"
        )
    }

    @Test func `a value of another type than the default is refused`() {
        #expect(
            problem([Self.spec("a", .string(""))], given: [Self.param("a", .array(["x"]))])
                == "invalid parameter substitution: a. Please check the types of the default value "
                + "and the passed value"
        )
    }

    @Test func `the result of an earlier step stays a reference to it`() throws {
        var object = Self.spec("o")
        object.type = .object
        object.properties = ["k": PropertySpec()]
        var list = Self.spec("l")
        list.type = .array
        let given = [
            Self.param("a", .string("$(steps.one.results.r)")),
            Self.param("l", .string("$(steps.one.results.list[*])")),
            Self.param("o", .string("$(steps.one.results.map[*])")),
        ]
        let words = ["$(params.a)", "$(params.l[*])", "$(params.l[1])", "$(params.o.k)"]
        #expect(
            try arguments(words, declaring: [Self.spec("a"), list, object], given: given) == [
                "$(steps.one.results.r)", "$(steps.one.results.list[*])",
                "$(steps.one.results.list[1])", "$(steps.one.results.map.k)",
            ]
        )
    }

    @Test func `a step keeps its own fields and takes the action's in place of the reference`()
        throws
    {
        var action = StepActionSpec()
        action.image = "of-action"
        action.script = "echo"
        action.results = [StepResultDeclaration()]
        var step = StepDefinition()
        step.name = "s"
        step.onError = "continue"
        step.reference = StepActionReference()
        let made = try step.running(action, taskParams: Replacements())
        #expect(made.name == "s" && made.onError == "continue")
        #expect(made.image == "of-action" && made.script == "echo" && made.results.count == 1)
        #expect(made.reference == nil && made.params.isEmpty)
    }
}
