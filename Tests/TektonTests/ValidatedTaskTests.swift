// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct ValidatedTaskTests {
    private func problems(
        _ spec: String,
        kind: String = "Task",
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

    @Test func `all problems are found at once, each at its place`() throws {
        let found = try problems(
            """
            params:
            - name: version
            steps:
            - name: Step One
              image: alpine
              script: |
                #!/bin/sh
                echo $(params.version)
                echo $(params.vesion)
              onError: never
            - command: [ls]
              script: ls
            """
        )
        #expect(
            found.map(\.place) == [
                "8:11 spec.steps[0].name", "13:12 spec.steps[0].script",
                "14:14 spec.steps[0].onError",
                "15:5 spec.steps[1].Image", "16:13 spec.steps[1].script",
            ]
        )
        let unknown = found.first { $0.path == "spec.steps[0].script" }
        #expect(unknown?.message.hasPrefix("non-existent variable `vesion` in") == true)
        #expect(unknown?.hint == "did you mean `version`?")
    }

    @Test(arguments: [
        ("args: [\"a $(params.x)\"]", "6:26"), ("args: ['$(params.x)']", "6:24"),
        ("script: $(params.x)", "6:24"), ("env: [{name: A, value: b$(params.x)}]", "6:40"),
    ])
    func `a reference within one line is pointed at`(field: String, place: String) throws {
        let found = try problems("steps:\n- {image: i, \(field)}")
        #expect(found.first?.location.map { "\($0.line):\($0.column)" } == place)
    }

    @Test func `an array may stand alone in a word and nowhere else`() throws {
        let found = try problems(
            """
            params: [{name: a, type: array}]
            steps:
            - {image: i, args: ["$(params.a[*])", "x$(params.a[*])", "$(params.a[0])"]}
            - {image: i, script: "$(params.a)"}
            """
        )
        #expect(
            found.map(\.path) == ["spec.steps[1].steps[0].args[1]", "spec.steps[1].script"]
        )
        #expect(found.map { $0.location?.line } == [7, 8])
    }

    @Test func `an object is used by its keys, which must be declared`() throws {
        let found = try problems(
            """
            params: [{name: o, properties: {k: {}}}]
            steps:
            - {image: i, script: "$(params.o.k) $(params.o.l)"}
            - {image: i, args: ["$(params.o[*])"]}
            - {image: i, args: ["$(params.o.k.x)"]}
            """
        )
        #expect(
            found.map(\.path) == [
                "spec.steps[0].script", "spec.steps[2].steps[1].args[0]", "spec.steps[2].args[0]",
            ]
        )
    }

    @Test func `a step that runs a StepAction brings nothing of its own, not even an empty env`()
        throws
    {
        let found = try problems(
            "steps:\n- {ref: {name: a}, image: i, env: []}\n- {ref: {name: b, params: []}}"
        )
        #expect(
            Set(found.map(\.path)) == [
                "spec.steps[0].image", "spec.steps[0].env", "spec.steps[1].name",
                "spec.steps[1].params", "spec.steps[1].resolver",
            ]
        )
    }

    @Test(arguments: [
        (FeatureGates.Stability.stable, true), (.beta, true), (.alpha, false),
    ])
    func `copies of output are an alpha feature`(
        gate: FeatureGates.Stability,
        isRefused: Bool
    ) throws {
        let found = try problems(
            "steps:\n- {image: i, stdoutConfig: {path: /a}}",
            gates: FeatureGates(gate)
        )
        #expect(found.isEmpty != isRefused)
    }

    @Test func `workspaces of a step are a beta feature`() throws {
        let spec = "workspaces: [{name: w}]\nsteps:\n- {image: i, workspaces: [{name: w}]}"
        #expect(try problems(spec).isEmpty)
        let found = try problems(spec, gates: FeatureGates(.stable))
        #expect(found.map(\.path) == ["spec.steps[0].workspaces"])
        #expect(found.first?.message.contains("\"alpha\" or \"beta\"") == true)
    }

    @Test func `the template is part of every step`() throws {
        let found = try problems(
            """
            stepTemplate: {image: i, command: [sh], env: [{name: A, value: $(params.x)}]}
            steps:
            - {script: ls}
            """
        )
        #expect(found.map(\.path) == ["spec.steps[0].env[A]", "spec.steps[0].script"])
    }

    @Test func `what v1beta1 has left behind is refused`() throws {
        let found = try problems(
            "resources: {inputs: []}\nsteps: [{image: i, name: a}, {image: i, name: a}]",
            version: "v1beta1"
        )
        #expect(
            found.map(\.message)
                == ["must not set the field(s): spec.resources", "invalid value: a"]
        )
        #expect(found.map(\.path) == ["spec.resources", "spec.steps[1].name"])
    }

    @Test func `a version that does not have the kind is refused`() throws {
        let found = try problems("steps: [{image: i}]", version: "v1alpha1")
        #expect(found.map(\.place) == ["1:13 apiVersion"])
        #expect(found.first?.hint == "write `apiVersion: tekton.dev/v1`")
    }

    @Test(arguments: [
        ("Tsk", "`Tsk` is no kind of Tekton", "did you mean `Task`?"),
        ("ClusterTask", "`ClusterTask` is no longer a kind of Tekton", nil),
    ])
    func `a kind that Tekton does not serve is refused`(
        kind: String,
        message: String,
        hint: String?
    ) throws {
        let found = try problems("steps: []", kind: kind)
        #expect(found.map(\.place) == ["2:7 kind"])
        #expect(found.map(\.message) == [message])
        #expect(found.first?.hint == hint)
    }

    @Test func `kinds of other controllers pass unread`() throws {
        #expect(try problems("anything: goes", kind: "CustomRun").isEmpty)
    }

    @Test func `a run has one task, and gives parameters that its steps may use`() throws {
        let found = try problems(
            """
            params: [{name: p, value: v}]
            taskSpec:
              steps: [{image: i, script: "$(params.p) $(params.q)"}]
            taskRef: {name: t}
            retries: -1
            timeout: -1s
            status: Stopped
            workspaces: [{name: w}]
            """,
            kind: "TaskRun"
        )
        let paths = Set(found.map(\.path))
        let expected: Set = [
            "spec.taskRef", "spec.taskSpec", "spec.steps[0].script", "spec.retries", "spec.timeout",
            "spec.status", "spec.workspaces[0].emptydir",
        ]
        #expect(expected.isSubset(of: paths), "\(paths)")
        let step = found.first { $0.path == "spec.steps[0].script" }
        #expect(step?.location?.line == 7)
    }

    @Test func `a StepAction refers to its parameters outside of its script only`() throws {
        let found = try problems(
            "image: $(params.a)\nscript: $(params.a)\nparams: [{name: a}]\nvolumeMounts: [{name: v, mountPath: /v}]",
            kind: "StepAction",
            version: "v1beta1"
        )
        #expect(found.map(\.path) == ["spec.script", "spec.volumeMounts[0].name"])
    }

    @Test func `defaults of an old StepAction may not go round in circles`() throws {
        let spec =
            "image: i\nparams: [{name: a, default: $(params.b)}, {name: b, default: $(params.a)}]"
        let found = try problems(spec, kind: "StepAction", version: "v1alpha1")
        #expect(found.map(\.path) == ["spec.params", "spec.params"])
        #expect(try problems(spec, kind: "StepAction", version: "v1beta1").isEmpty)
    }
}
