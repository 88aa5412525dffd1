// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct ManifestSetTests {
    private func manifests(_ yaml: String) -> [Manifest] {
        ManifestLoader.load(bytes: Array(yaml.utf8), file: "a.yaml").manifests
    }

    private static let yaml = """
        {apiVersion: v1, kind: Secret, metadata: {name: a}}
        ---
        {apiVersion: v1, kind: Secret, metadata: {name: a, namespace: other}}
        ---
        {apiVersion: v1, kind: ConfigMap, metadata: {name: a}}
        ---
        {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}}
        ---
        {apiVersion: rbac.authorization.k8s.io/v1, kind: Role, metadata: {name: a}}
        """

    @Test func `an object is found by kind, namespace and name`() {
        let (set, problems) = ManifestSet.make(manifests(Self.yaml))
        #expect(problems.isEmpty)
        #expect(set.manifest(.secret, named: "a", namespace: "default")?.index == 0)
        #expect(set.manifest(.secret, named: "a", namespace: "other")?.index == 1)
        #expect(set.manifest(.secret, named: "b", namespace: "other") == nil)
        #expect(set.all(.configMap).map(\.index) == [2])
        #expect(set.idle.map(\.kind) == ["Role", "Role"])
    }

    @Test
    func `a namespace given for all makes two objects one, which is refused with both places`() {
        let (set, problems) = ManifestSet.make(manifests(Self.yaml), namespace: "mine")
        #expect(problems.map(\.place) == ["3:49 metadata.name"])
        #expect(
            problems.first?.message
                == "a second Secret `a` in namespace `mine`; the first is at a.yaml:1:1"
        )
        #expect(set.manifest(.secret, named: "a", namespace: "mine")?.index == 0)
        #expect(set.manifest(.secret, named: "a", namespace: "default") == nil)
    }
}
