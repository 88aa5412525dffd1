// SPDX-License-Identifier: Apache-2.0
import TestSupport
import Testing

/// What Kubernetes would refuse of a pod, and what a pod would tell of itself.
@Suite("What a pod cannot be")
struct PodRefusalTests {
    private func run(_ volumes: String, _ step: String) throws -> (Run, CommandOutcome) {
        let run = try Run(
            """
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: one}
            data: {a: "1", b: "2"}
            ---
            apiVersion: v1
            kind: ConfigMap
            metadata: {name: two}
            data: {a: "3"}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec:
              taskSpec:
                volumes: \(volumes)
                steps: [{name: s, image: alpine, \(step)}]
            """
        )
        return (run, try run.finish())
    }

    @Test(arguments: [
        ("[{name: v}]", "volumeMounts: [{name: v, mountPath: /dev/null}]", "system's own"),
        ("[{name: v}]", "volumeMounts: [{name: v, mountPath: /proc/x}]", "system's own"),
        ("[{name: v}]", "volumeMounts: [{name: v, mountPath: /}]", "over the root"),
        ("[{name: v}]", "volumeMounts: [{name: v, mountPath: /m, subPath: ../x}]", "lead out"),
        (
            "[{name: v}]", "volumeMounts: [{name: v, mountPath: /m, subPath: /x}]",
            "must be relative"
        ),
        ("[]", "env: [{name: A=B, value: x}]", "a name without `=`"),
        (
            "[{name: v, configMap: {name: one, items: [{key: a, path: ../x}]}}]", "script: x",
            "relative path"
        ),
        (
            "[{name: v, configMap: {name: one, items: [{key: a, path: x}, {key: b, path: x/y}]}}]",
            "script: x",
            "needs a directory"
        ),
        (
            "[{name: v, configMap: {name: one, items: [{key: a, path: x}, {key: b, path: x}]}}]",
            "script: x",
            "another item is at"
        ),
    ])
    func `what no pod can have is refused with its place, before anything runs`(
        volumes: String,
        step: String,
        message: String
    ) throws {
        let step = step.contains("script") ? step : step + ", script: echo ran"
        let (_, outcome) = try run(volumes, step)
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(
            outcome.error.contains("run.yaml:") && outcome.error.contains(message),
            "\(outcome)"
        )
    }

    @Test func `of projected sources that make the same file the later one wins`() throws {
        let (run, outcome) = try run(
            "[{name: v, projected: {sources: [{configMap: {name: one}}, {configMap: {name: two}}]}}]",
            "volumeMounts: [{name: v, mountPath: /m}], script: cat /m/a /m/b"
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "32")
    }

    @Test func `a step learns its address and its TaskRun as from a pod`() throws {
        let (run, outcome) = try run(
            "[]",
            """
            env: [{name: IP, valueFrom: {fieldRef: {fieldPath: status.podIP}}},
              {name: TR, valueFrom: {fieldRef: {fieldPath: "metadata.labels['tekton.dev/taskRun']"}}}],
              script: printf %s "$IP $TR"
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "127.0.0.1 tr")
    }
}
