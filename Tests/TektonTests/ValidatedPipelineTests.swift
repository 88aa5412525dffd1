// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct ValidatedPipelineTests {
    private func problems(
        _ spec: String,
        kind: String = "Pipeline",
        version: String = "v1",
        gates: FeatureGates = FeatureGates()
    ) throws -> [Diagnostic] {
        let indented = spec.split(separator: "\n", omittingEmptySubsequences: false)
            .map { "  \($0)" }.joined(separator: "\n")
        let manifest = try Manifest.parse(
            "apiVersion: tekton.dev/\(version)\nkind: \(kind)\nmetadata: {name: a}\nspec:\n\(indented)\n"
        )
        return ManifestValidator.validate(manifest, gates: gates).diagnostics
    }

    @Test func `a task that is not there is pointed at from the one that waits for it`() throws {
        let found = try problems(
            """
            tasks:
            - {name: build, taskRef: {name: t}}
            - {name: test, taskRef: {name: t}, runAfter: [biuld]}
            """
        )
        #expect(found.map(\.place) == ["7:5 spec.tasks"])
        #expect(found.first?.hint == "did you mean `build`?")
    }

    @Test func `a circle is found through results, conditions and steps`() throws {
        let found = try problems(
            """
            tasks:
            - {name: a, taskRef: {name: t}, when: [{input: $(tasks.c.results.r), operator: in, values: [x]}]}
            - {name: b, taskRef: {name: t}, params: [{name: p, value: $(tasks.a.results.r)}]}
            - name: c
              taskSpec: {steps: [{image: i, script: $(tasks.b.results.r)}]}
            """
        )
        #expect(
            found.map(\.message) == ["invalid value: cycle detected; task \"a\" depends on \"c\""]
        )
        #expect(found.map(\.place) == ["6:5 spec.tasks"])
    }

    @Test func `what Tekton orders before a run can be read off a task`() {
        var task = PipelineTask()
        task.runAfter = ["z", "b"]
        var param = Param()
        param.value = .array(["$(tasks.a.results.r[0])", "$(tasks.b.results.s.k)"])
        task.params = [param]
        #expect(task.dependencies == ["a", "b", "z"])
        #expect(task.resultReferences.map(\.index) == [0, nil])
    }

    @Test func `a name stands once among all tasks`() throws {
        let found = try problems(
            "tasks: [{name: a, taskRef: {name: t}}]\nfinally: [{name: a, taskRef: {name: t}}]"
        )
        #expect(found.map(\.path) == ["spec.finally[0].name"])
    }

    @Test func `a final task waits for nothing and asks how the others ended`() throws {
        let found = try problems(
            """
            tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(tasks.status)}]}]
            finally:
            - {name: b, taskRef: {name: t}, runAfter: [a]}
            - {name: c, taskRef: {name: t}, params: [{name: p, value: $(tasks.status) $(tasks.a.status)}]}
            - {name: d, taskRef: {name: t}, params: [{name: p, value: $(tasks.x.reason)}]}
            - {name: e, taskRef: {name: t}, params: [{name: p, value: $(tasks.b.results.r)}]}
            """
        )
        #expect(
            found.map(\.path) == [
                "spec.tasks[0].params[p].value", "spec.finally[0]",
                "spec.finally[2].params[p].value",
                "spec.finally[3].params[p].value",
            ]
        )
    }

    @Test(arguments: [
        ("$(tasks.a.results.r)", true), ("$(tasks.a.results.r)-tail", true),
        ("$(tasks.a.results.r)$(tasks.a.results.s)", true), ("k=$(tasks.a.results.r)", false),
        ("$(tasks.b.results.r)", false), ("plain", false), ("$(finally.a.results.r)", false),
    ])
    func `a pipeline's result starts with a result of one of its tasks`(
        value: String,
        isRight: Bool
    ) throws {
        let found = try problems(
            "tasks: [{name: a, taskRef: {name: t}}]\nresults: [{name: r, value: \"\(value)\"}]"
        )
        #expect(found.isEmpty == isRight, "\(found)")
    }

    @Test func `a matrix has at most 256 combinations and shares no parameter`() throws {
        let values = (0..<17).map { "v\($0)" }.joined(separator: ", ")
        let found = try problems(
            """
            tasks:
            - name: a
              taskRef: {name: t}
              params: [{name: x, value: y}]
              matrix:
                params: [{name: x, value: [\(values)]}, {name: z, value: [\(values)]}]
            """
        )
        #expect(
            found.map(\.path) == [
                "spec.tasks[0].params[x]", "spec.tasks[0].matrix", "spec.tasks[0].matrix[x]",
            ]
        )
        #expect(found.contains { $0.message == "expected 0 <= 289 <= 256" })
    }

    @Test func `combinations are counted without overflow`() {
        var matrix = Matrix()
        var param = Param()
        param.value = .array([String](repeating: "x", count: 1000))
        matrix.params = [Param](repeating: param, count: 8)
        #expect(matrix.combinationCount == .max)
        matrix.params = []
        matrix.include = [MatrixInclude(), MatrixInclude()]
        #expect(matrix.combinationCount == 2)
    }

    @Test func `results of a task that fans out are used as a whole`() throws {
        let found = try problems(
            """
            tasks:
            - {name: a, taskRef: {name: t}, matrix: {params: [{name: x, value: [y]}]}}
            - {name: b, taskRef: {name: t}, params: [{name: p, value: $(tasks.a.results.r)}]}
            """
        )
        #expect(found.map(\.path) == ["spec.tasks[1].params[p].value"])
    }

    @Test func `a shell variable where Tekton substitutes is explained`() throws {
        let found = try problems(
            "tasks: [{name: a, taskRef: {name: t}, params: [{name: p, value: $(HOME)}]}]"
        )
        #expect(found.map(\.path) == ["spec.tasks[0].params[p].value"])
        #expect(found.first?.message.hasSuffix("use ${VAR} instead") == true)
    }

    @Test func `time limits of a run fit into each other`() throws {
        let found = try problems(
            """
            pipelineRef: {name: p}
            timeouts: {pipeline: 1h, tasks: 50m, finally: 20m}
            taskRunSpecs: [{pipelineTaskName: a, timeout: 55m}]
            """,
            kind: "PipelineRun"
        )
        #expect(
            found.map(\.path) == [
                "spec.timeouts.tasks", "spec.timeouts.finally", "spec.taskRunSpecs[0].timeout",
            ]
        )
        #expect(
            found.first?.message == "invalid value: 50m0s + 20m0s should be <= pipeline duration"
        )
    }

    @Test func `v1beta1 has one time limit or three, not both`() throws {
        let found = try problems(
            "pipelineRef: {name: p, bundle: b}\ntimeout: 1h\ntimeouts: {tasks: 1m}",
            kind: "PipelineRun",
            version: "v1beta1"
        )
        #expect(
            found.map(\.path) == ["spec.pipelineRef.bundle", "spec.timeout", "spec.timeouts"]
        )
    }

    @Test func `steps within a run may use what only the run gives`() throws {
        let spec = """
            params: [{name: p, value: v}]
            pipelineSpec:
              tasks:
              - name: a
                taskSpec:
                  steps: [{image: i, script: "$(params.p) $(params.q)"}]
            """
        let found = try problems(spec, kind: "PipelineRun")
        #expect(found.map(\.place) == ["10:49 spec.steps[0].script"])
    }

    @Test func `pipelines within pipelines are an alpha feature without results`() throws {
        let spec = """
            tasks:
            - {name: a, pipelineRef: {name: p}}
            - {name: b, taskRef: {name: t}, params: [{name: x, value: $(tasks.a.results.r)}]}
            """
        #expect(try problems(spec).map(\.path) == ["spec.tasks[0].pipelineRef", "spec.tasks[1]"])
        #expect(try problems(spec, gates: FeatureGates(.alpha)).map(\.path) == ["spec.tasks[1]"])
    }
}
