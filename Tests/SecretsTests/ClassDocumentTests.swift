// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Secrets
import Testing

struct ClassDocumentTests {
    static let objects = """
        objects: |
          - objectName: a
            secretPath: p
        """

    @Test func `both versions are read, the old one with a warning`() {
        let text = classText("vault", "roleName: r\n" + Self.objects)
        #expect(parseClass(text).diagnostics == [])
        let old = parseClass(text.replacingFirst("/v1\n", by: "/v1alpha1\n"))
        #expect(old.secretClass?.objects.count == 1)
        #expect(
            said(old.diagnostics) == [
                "1:13 warning apiVersion: apiVersion `secrets-store.csi.x-k8s.io/v1alpha1` is "
                    + "deprecated; write `secrets-store.csi.x-k8s.io/v1`"
            ]
        )
    }

    @Test func `everything that is wrong with the outer shape is said at once`() {
        let parsed = parseClass(
            """
            apiVersion: v1
            kind: SecretProvider
            metadata:
              name: Not_A_Name
              namespace: a.b
              lables: {}
            spec:
              provider: vualt
              paramters: {}
              secretObjects:
                - secretName: ""
            extra: 1
            """
        )
        #expect(parsed.secretClass == nil)
        #expect(
            said(parsed.diagnostics) == [
                "1:13 error apiVersion: a SecretProviderClass has no apiVersion `v1`; write "
                    + "`secrets-store.csi.x-k8s.io/v1`",
                "2:7 error kind: expected kind `SecretProviderClass`, found `SecretProvider`",
                "4:9 error metadata.name: `Not_A_Name` is no name of a Kubernetes object",
                "5:14 error metadata.namespace: `a.b` is no name of a namespace",
                "6:3 error metadata.lables: unknown field `lables` in `metadata`; did you mean "
                    + "`labels`?",
                "12:1 error extra: unknown field `extra` in a SecretProviderClass",
                "11:19 error spec.secretObjects[0].secretName: secret name is empty",
                "11:7 error spec.secretObjects[0].type: secret type is empty; write `type: Opaque`",
                "11:7 error spec.secretObjects[0].data: data is empty",
                "9:3 error spec.paramters: unknown field `paramters` in the class's `spec`; did you "
                    + "mean `parameters`?",
                "8:13 error spec.provider: provider not found: provider `vualt`; did you mean "
                    + "`vault`?",
            ]
        )
    }

    @Test(arguments: [
        ("- a", "1:1 error : expected a mapping, found a list"),
        (
            "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\n"
                + "metadata: {name: a}",
            "1:1 error spec: a SecretProviderClass needs `spec`"
        ),
        (
            "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\n"
                + "metadata: {name: a}\nspec: [1]",
            "4:7 error spec: expected a mapping, found a list"
        ),
        (
            "apiVersion: secrets-store.csi.x-k8s.io/v1\nkind: SecretProviderClass\n"
                + "spec: {provider: aws, parameters: {objects: '[{objectName: a, objectType: "
                + "secretsmanager}]'}}",
            "1:1 error metadata: a SecretProviderClass needs `metadata.name`"
        ),
    ])
    func `a document without its parts is refused`(text: String, message: String) {
        let parsed = parseClass(text)
        #expect(parsed.secretClass == nil)
        #expect(said(parsed.diagnostics) == [message])
    }

    @Test func `an unquoted parameter is refused, as the API server does`() {
        let parsed = parseClass(
            classText(
                "vault",
                """
                roleName: 5
                vaultSkipTLSVerify: true
                audience:
                vaultNamespace: [a]
                \(Self.objects)
                """
            )
        )
        #expect(parsed.secretClass == nil)
        #expect(
            said(parsed.diagnostics) == [
                "10:14 error spec.parameters.audience: parameter `audience` must be a string, not "
                    + "nothing; put it in quotes: `audience: \"\"`",
                "8:15 error spec.parameters.roleName: parameter `roleName` must be a string, not a "
                    + "number; put it in quotes: `roleName: \"5\"`",
                "11:21 error spec.parameters.vaultNamespace: parameter `vaultNamespace` must be a "
                    + "string, not a list",
                "9:25 error spec.parameters.vaultSkipTLSVerify: parameter `vaultSkipTLSVerify` must "
                    + "be a string, not a boolean; put it in quotes: `vaultSkipTLSVerify: \"true\"`",
            ]
        )
    }

    @Test func `what a volume says is laid over the parameters`() throws {
        let text = classText("vault", "roleName: r\nvaultNamespace: old\n" + Self.objects)
        let secretClass = try #require(parseClass(text).secretClass)
        let place = SourceLocation(file: "task.yaml", line: 3, column: 5)
        let (overridden, diagnostics) = secretClass.overridden(
            by: [
                "secretProviderClass": "test",
                "csi.storage.k8s.io/pod.name": "x",
                "vaultNamespace": "new",
                "objects": "[{objectName: b, secretPath: q}]",
            ],
            at: place
        )
        #expect(diagnostics == [])
        #expect(overridden?.parameters["vaultNamespace"] == "new")
        #expect(overridden?.parameters["roleName"] == "r")
        #expect(overridden?.objects.map(\.name) == ["b"])
        #expect(overridden?.objects[0].location.file == "task.yaml")
        let refused = secretClass.overridden(by: ["objects": "[{objectName: b}]"], at: place)
        #expect(refused.secretClass == nil)
        #expect(
            said(refused.diagnostics) == [
                "3:7 error spec.parameters.objects[0].secretPath: an object needs `secretPath`"
            ]
        )
    }

    @Test func `synced Secrets are checked against the files`() {
        let parsed = parseClass(
            classText(
                "vault",
                "roleName: r\n" + Self.objects,
                """
                  secretObjects:
                    - secretName: one
                      type: Opaque
                      labels: {a: b}
                      annotations: {c: 1}
                      data:
                        - {objectName: a, key: k}
                        - {objectName: b, key: k}
                        - {objectName: a, key: "a/b"}
                        - {key: z}
                    - secretName: one
                      type: kubernetes.io/tls
                      data:
                        - {objectName: a, key: ca.crt}
                        - {objectName: a, key: tls.crt, mode: 1}
                """
            )
        )
        #expect(parsed.secretClass == nil)
        #expect(
            said(parsed.diagnostics) == [
                "16:24 error spec.secretObjects[0].annotations.c: `c` must be a string, not a "
                    + "number; put it in quotes: `c: \"1\"`",
                "19:32 error spec.secretObjects[0].data[1].key: key `k` is made twice",
                "20:32 error spec.secretObjects[0].data[2].key: `a/b` is no key of a Secret",
                "21:11 error spec.secretObjects[0].data[3].objectName: object name in "
                    + "secretObjects.data is empty",
                "25:32 error spec.secretObjects[1].data[0].key: key `ca.crt` is not supported in a "
                    + "Secret of type `kubernetes.io/tls`; only `tls.key` and `tls.crt` are",
                "26:41 error spec.secretObjects[1].data[1].mode: unknown field `mode` in "
                    + "`secretObjects.data`",
                "22:19 error spec.secretObjects[1].secretName: secret `one` is made twice",
                "19:24 error spec.secretObjects[0].data[1].objectName: file matching objectName `b` "
                    + "is not made by this class",
            ]
        )
    }
}

extension String {
    /// The text with the first `old` replaced.
    func replacingFirst(_ old: String, by new: String) -> String {
        guard let range = firstRange(of: old) else { return self }
        return String(self[..<range.lowerBound]) + new + String(self[range.upperBound...])
    }
}
