// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

@Suite("Params and matrices of pipelines")
struct PipelineSubstitutionTests {
    private func spec(_ name: String, _ value: ParamValue?) -> ParamSpec {
        var spec = ParamSpec()
        spec.name = name
        spec.type = value?.type ?? .string
        spec.defaultValue = value
        return spec
    }

    private func param(_ name: String, _ value: ParamValue) -> Param {
        var param = Param()
        param.name = name
        param.value = value
        return param
    }

    @Test func `a default takes the values of the params that it names, however deep`() throws {
        let declared = [
            spec("image", .string("$(params.registry)/$(params.name)")),
            spec("registry", .string("$(params.host)/x")), spec("host", .string("default")),
            spec("name", nil), spec("tags", .array(["$(params.name)", "b"])),
            spec("map", .object(["k": "$(params.image)"])),
        ]
        let given = [param("host", .string("h")), param("name", .string("n"))]
        let table = try Replacements.pipelineParams(declared: declared, given: given)
        #expect(table.apply(to: "$(params.image) $(params['registry'])") == "h/x/n h/x")
        #expect(table.applyToElement("$(params.tags[*])") == ["n", "b"])
        #expect(table.apply(to: "$(params.tags[0]) $(params.map.k)") == "n h/x/n")
    }

    @Test(arguments: [
        ("$(params.b)", "$(params.a)", "circular dependency"),
        ("$(params.c)", "x", "undefined param"),
    ])
    func `defaults that cannot be resolved say so`(a: String, b: String, words: String) {
        let declared = [spec("a", .string(a)), spec("b", .string(b))]
        let error = #expect(throws: PipelineParamProblem.self) {
            try Replacements.pipelineParams(declared: declared, given: [])
        }
        #expect(error?.description.contains(words) == true)
    }

    private func rows(_ matrix: Matrix) -> [String] {
        matrix.combinations.map { row in
            row.map { "\($0.name)=\($0.value.stringValue)" }.joined(separator: " ")
        }
    }

    @Test func `the first param of a matrix varies fastest`() {
        var matrix = Matrix()
        matrix.params = [
            param("os", .array(["linux", "mac"])), param("cpu", .array(["x86", "arm"])),
        ]
        #expect(
            rows(matrix) == [
                "cpu=x86 os=linux", "cpu=x86 os=mac", "cpu=arm os=linux", "cpu=arm os=mac",
            ]
        )
    }

    @Test func `a row completes what it agrees with, and is added where nothing has its values`() {
        var matrix = Matrix()
        matrix.params = [param("os", .array(["linux", "mac"]))]
        var flags = MatrixInclude()
        flags.params = [param("os", .string("mac")), param("flags", .string("-O2"))]
        var other = MatrixInclude()
        other.params = [param("os", .string("plan9"))]
        matrix.include = [flags, other]
        #expect(rows(matrix) == ["os=linux", "flags=-O2 os=mac", "os=plan9"])
        #expect(matrix.combinationCount == 3)
    }
}
