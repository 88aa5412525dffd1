// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct ManifestLoaderTests {
    private func load(_ yaml: String) -> (manifests: [Manifest], problems: [String]) {
        let (manifests, problems) = ManifestLoader.load(bytes: Array(yaml.utf8), file: "a.yaml")
        return (manifests, problems.map { "\($0.place): \($0.message)" })
    }

    @Test func `every document knows what it is and where it stands`() {
        let (manifests, problems) = load(
            """
            # first
            apiVersion: v1
            kind: Secret
            metadata:
              name: s
              namespace: ns
              labels: {a: b}
            ---
            ---
            {apiVersion: tekton.dev/v1, kind: TaskRun, metadata: {generateName: r-, namespace: ""}}
            """
        )
        #expect(problems.isEmpty)
        #expect(manifests.map(\.kind) == ["Secret", "TaskRun"])
        #expect(manifests.map(\.documentKind) == [.secret, .taskRun])
        #expect(manifests.map(\.name) == ["s", ""])
        #expect(manifests.map(\.generateName) == ["", "r-"])
        #expect(manifests.map(\.namespace) == ["ns", nil])
        #expect(manifests.map(\.index) == [0, 1])
        #expect(manifests.first?.labels == ["a": "b"])
        #expect(manifests.map(\.location.line) == [2, 10])
    }

    @Test func `a document that does not say what it is yields all that is missing`() {
        let (manifests, problems) = load(
            "metadata: {name: x}\n---\n- a\n---\nkind: 7\napiVersion: v1\n"
        )
        #expect(manifests.isEmpty)
        #expect(
            problems == [
                "1:1 apiVersion: missing field `apiVersion`",
                "1:1 kind: missing field `kind`",
                "3:1 : a document must be an object with `apiVersion` and `kind`",
                "5:7 kind: `kind` must be a string",
            ]
        )
    }

    @Test func `the items of a list become documents`() {
        let (manifests, problems) = load(
            """
            apiVersion: v1
            kind: List
            items:
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
            - {apiVersion: v1, kind: ConfigMap, metadata: {name: b}}
            """
        )
        #expect(problems.isEmpty)
        #expect(manifests.map(\.name) == ["a", "b"])
    }

    @Test func `a kind of another group plays no part`() {
        let (manifests, _) = load("apiVersion: example.com/v1\nkind: Task\nmetadata: {name: x}\n")
        #expect(manifests.first?.documentKind == nil)
    }
}
