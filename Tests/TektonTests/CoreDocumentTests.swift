// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Testing

@testable import Tekton

struct CoreDocumentTests {
    private static let canary = "c4n4ry-v4lue"

    @Test func `a Secret keeps its values as written, stringData winning`() throws {
        let manifest = try Manifest.parse(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: s}
            data:
              a: YQ==
              .dockerconfigjson: e30=
            stringData:
              a: plain
            """
        )
        let secret = try #require(SecretDocument.read(manifest).secret)
        #expect(secret.type == "Opaque")
        #expect(secret.values["a"]?.text == "plain")
        #expect(secret.values["a"]?.isBase64 == false)
        #expect(secret.values["a"]?.location.line == 8)
        #expect(secret.values[".dockerconfigjson"]?.isBase64 == true)
        #expect(secret.values[".dockerconfigjson"]?.location.line == 6)
    }

    @Test func `a Secret describes itself without its values`() throws {
        let manifest = try Manifest.parse(
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, stringData: {k: \(Self.canary)}}"
        )
        let secret = try #require(SecretDocument.read(manifest).secret)
        var dumped = ""
        dump(secret, to: &dumped)
        for text in ["\(secret)", String(reflecting: secret), dumped, "\(secret.values)"] {
            #expect(!text.contains(Self.canary))
            #expect(text.contains("k"))
        }
    }

    @Test(arguments: [
        "data: {k: 7}", "data: [c4n4ry-v4lue]", "data: {k: [c4n4ry-v4lue]}",
        "data: {k: c4n4ry-v4lue}", "stringData: {k: 1234567}", "immutable: c4n4ry-v4lue",
        "stringData: {k: 1.5e7}", "data: {\"a b\": YQ==}",
    ])
    func `a wrong Secret is refused without showing what it holds`(field: String) throws {
        let manifest = try Manifest.parse(
            "{apiVersion: v1, kind: Secret, metadata: {name: s}, \(field)}"
        )
        let found = SecretDocument.read(manifest)
        #expect(found.secret == nil)
        #expect(found.diagnostics.count == 1)
        for problem in found.diagnostics {
            let text = problem.message + (problem.hint ?? "")
            for value in [Self.canary, "1234567", "1.5e7", "15000000"] {
                #expect(!text.contains(value))
            }
        }
    }

    @Test(arguments: [
        ("", true), ("YQ==", true), ("YWI=", true), ("YWJj", true), ("YW\nJj", true),
        ("YQ=", false), ("Y", false), ("YQ==YQ==", false), ("Y-_=", false), ("====", false),
    ])
    func `base64 is checked as Kubernetes checks it`(text: String, isValid: Bool) {
        #expect(Base64Text.isValid(text) == isValid)
    }

    @Test func `a ConfigMap has texts and bytes under different keys`() throws {
        let manifest = try Manifest.parse(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: x}, binaryData: {b: YQ==}}"
        )
        let map = try #require(ConfigMapDocument.read(manifest).configMap)
        #expect(map.data == ["a": "x"])
        #expect(map.binaryData == ["b": "YQ=="])
        let twice = try Manifest.parse(
            "{apiVersion: v1, kind: ConfigMap, metadata: {name: c}, data: {a: x}, binaryData: {a: YQ==}}"
        )
        #expect(ConfigMapDocument.read(twice).diagnostics.map(\.path) == ["binaryData.a"])
    }

    @Test func `a ServiceAccount names its Secrets`() throws {
        let manifest = try Manifest.parse(
            "{apiVersion: v1, kind: ServiceAccount, metadata: {name: a}, secrets: [{name: x}, {name: z}]}"
        )
        let account = try #require(ServiceAccountDocument.read(manifest).serviceAccount)
        #expect(account.secrets == ["x", "z"])
    }

    @Test func `another version than v1 is refused`() throws {
        let manifest = try Manifest.parse("{apiVersion: v2, kind: Secret, metadata: {name: s}}")
        #expect(SecretDocument.read(manifest).diagnostics.map(\.path) == ["apiVersion"])
    }
}
