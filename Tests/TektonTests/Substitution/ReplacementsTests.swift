// SPDX-License-Identifier: Apache-2.0
import Tekton
import Testing

@Suite("Replacements")
struct ReplacementsTests {
    private func param(_ name: String, _ value: ParamValue) -> Param {
        var param = Param()
        param.name = name
        param.value = value
        return param
    }

    private func spec(_ name: String, _ value: ParamValue?, type: ParamType = .string) -> ParamSpec
    {
        var spec = ParamSpec()
        spec.name = name
        spec.type = type
        spec.defaultValue = value
        return spec
    }

    @Test func `a value is never scanned again`() {
        let table = Replacements.params(
            declared: [spec("a", nil), spec("b", nil)],
            given: [param("a", .string("$(params.b)")), param("b", .string("B"))]
        )
        #expect(table.apply(to: "$(params.a) $(params.b)") == "$(params.b) B")
    }

    @Test func `unknown references stay and a doubled dollar keeps one`() {
        let table = Replacements.params(declared: [], given: [param("a", .string("A"))])
        #expect(table.apply(to: "$(date) $$(params.a) $(foo.bar) $") == "$(date) $A $(foo.bar) $")
    }

    @Test(arguments: [
        "$(params.a)", "$(params['a'])", "$(params[\"a\"])", "$(inputs.params.a)",
    ])
    func `a param has four spellings`(text: String) {
        let table = Replacements.params(declared: [], given: [param("a", .string("A"))])
        #expect(table.apply(to: text) == "A")
    }

    @Test func `a name with a dot and a parenthesis is found in brackets`() {
        let table = Replacements.params(declared: [], given: [param("a.b)c", .string("A"))])
        #expect(table.apply(to: "<$(params[\"a.b)c\"])>") == "<A>")
    }

    @Test func `an array expands to its elements, also to none`() {
        let table = Replacements.params(
            declared: [],
            given: [param("l", .array(["x", "y"])), param("e", .array([]))]
        )
        #expect(
            table.apply(toList: ["a", "$(params.l[*])", "$(params.e)", "$(params.l[1])"])
                == ["a", "x", "y", "y"]
        )
    }

    @Test func `a default refers to the other's default even when that one is given`() {
        let table = Replacements.params(
            declared: [spec("a", .string("da")), spec("b", .string("$(params.a)-b"))],
            given: [param("a", .string("given"))]
        )
        #expect(table.apply(to: "$(params.a) $(params.b)") == "given da-b")
    }

    @Test func `an object's given keys are merged over its default`() {
        let table = Replacements.params(
            declared: [spec("o", .object(["k": "1", "l": "2"]), type: .object)],
            given: [param("o", .object(["k": "9"]))]
        )
        #expect(table.apply(to: "$(params.o.k)$(params.o.l)") == "92")
        #expect(table.object(for: "$(params.o[*])") == ["k": "9", "l": "2"])
    }

    @Test func `a lone reference gives a param's value its type`() {
        let table = Replacements.params(
            declared: [],
            given: [param("l", .array(["x"])), param("o", .object(["k": "v"]))]
        )
        var list = ParamValue.string("$(params.l[*])")
        list.substitute(table)
        var object = ParamValue.string("$(params.o[*])")
        object.substitute(table)
        #expect(list == .array(["x"]))
        #expect(object == .object(["k": "v"]))
    }
}
