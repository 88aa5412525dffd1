// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Platform
import Secrets
import TestSupport
import Testing
import YAML

/// The classes that Tacit was made for, verbatim.
@Suite(.enabled(if: SharedFolder.classes != nil, SharedCorpus.need))
struct SeedClassTests {
    private func secretClass(in file: String) throws -> SecretProviderClass {
        let path = "\(try #require(SharedFolder.classes))/\(file)"
        let bytes = try FileDescriptor.open(path).readToEnd()
        let document = try #require(YAMLParser.parse(bytes, file: file).documents.first)
        let (parsed, diagnostics) = SecretProviderClass.parse(document)
        #expect(said(diagnostics) == [])
        return try #require(parsed)
    }

    @Test func `the Vault class gives five files and one synced Secret`() throws {
        let parsed = try secretClass(in: "03-creating-secretproviderclass.yaml")
        #expect(parsed.name == "ci-secrets")
        #expect(parsed.namespace == "tekton-pipelines")
        #expect(parsed.provider == "vault")
        #expect(parsed.parameters["roleName"] == "ci-pipeline")
        #expect(
            parsed.objects.map(\.fileName) == [
                "docker-username", "docker-password", "github-token", "aws-access-key",
                "aws-secret-key",
            ]
        )
        #expect(
            parsed.objects[3].source
                == .vault(
                    VaultObject(
                        secretPath: "cicd/data/aws-credentials",
                        secretKey: "access_key_id"
                    )
                )
        )
        #expect(parsed.objects[0].location.line == 12)
        #expect(parsed.objects[0].location.column == 9)
        #expect(parsed.objects.allSatisfy { $0.mode == 0o644 })
        #expect(parsed.secretObjects.map(\.secretName) == ["ci-credentials"])
        #expect(parsed.secretObjects[0].data.map(\.key) == ["username", "password", "token"])
    }

    @Test func `the AWS class names its file by the alias`() throws {
        let parsed = try secretClass(in: "06-using-aws-secrets-manager.yaml")
        #expect(parsed.objects.map(\.fileName) == ["secrets"])
        #expect(
            parsed.objects[0].source
                == .aws(AWSObject(objectName: "ci-pipeline-secrets", service: .secretsManager))
        )
    }

    @Test func `the Azure class is read through two layers of strings`() throws {
        let parsed = try secretClass(in: "08-using-azure-key-vault.yaml")
        #expect(
            parsed.objects.map(\.fileName) == ["docker-registry-credentials", "github-token"]
        )
        #expect(parsed.objects[1].location.line == 20)
        #expect(parsed.objects[1].location.column == 11)
        #expect(parsed.objects[1].fieldPath == "spec.parameters.objects.array[1]")
    }
}
