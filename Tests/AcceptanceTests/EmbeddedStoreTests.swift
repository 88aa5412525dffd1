// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

@Suite("Classes served by the embedded store")
struct EmbeddedStoreTests {
    private static let canary = "kanarienvogel-7f3a91c2d4"

    private let documents = """
        apiVersion: secrets-store.csi.x-k8s.io/v1
        kind: SecretProviderClass
        metadata: {name: ci}
        spec:
          provider: vault
          parameters:
            roleName: ci
            objects: |
              - objectName: token
                secretPath: cicd/data/github
                secretKey: token
              - objectName: user
                secretPath: cicd/data/registry
                secretKey: username
          secretObjects:
          - secretName: synced
            type: Opaque
            data: [{objectName: token, key: password}]
        ---
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: t}
        spec:
          taskSpec:
            volumes:
            - name: s
              csi:
                driver: secrets-store.csi.k8s.io
                readOnly: true
                volumeAttributes: {secretProviderClass: ci}
            steps:
            - name: use
              image: bash
              env: [{name: P, valueFrom: {secretKeyRef: {name: synced, key: password}}}]
              volumeMounts: [{name: s, mountPath: /mnt/secrets, readOnly: true}]
              script: |
                [ "$P" = "$(cat /mnt/secrets/token)" ]
                echo "token $P user $(cat /mnt/secrets/user)"
        """

    private func set(_ name: String, _ values: String..., in run: Run) throws {
        let outcome = try Command(
            [Checkout.tacit, "secret", "set", name] + values,
            environment: run.environment
        ).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `a class's objects are files, its secretObjects are Secrets, and both are masked`()
        throws
    {
        let run = try Run(documents, "--store", "local", "-o", "json")
        try set("cicd/data/github", "token=\(Self.canary)", in: run)
        try set("cicd/data/registry", "username=ci-user-name", in: run)
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "use") == "token [REDACTED:token] user [REDACTED:user]\n")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
        let fetched = try run.events().first { $0["event"]?.string == "secrets.fetched" }
        #expect(fetched?["class"]?.string == "ci")
        #expect(fetched?["objects"]?.array?.count == 2)
    }

    @Test func `all refusals come at once, with their places, and no step has run`() throws {
        let run = try Run(documents, "--store", "local", "-o", "json")
        try set("cicd/data/githb", "token=\(Self.canary)", in: run)
        let outcome = try run.finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("run.yaml:9:"), "\(outcome)")
        #expect(outcome.error.contains("run.yaml:12:"), "\(outcome)")
        #expect(outcome.error.contains("cicd/data/githb"), "\(outcome)")
        #expect(!FileStatus.isDirectory(run.directory.path("logs/t/use.log")))
        #expect(try run.events().allSatisfy { $0["event"]?.string != "step.started" })
        let status = try JSONValue.parse(Array(outcome.output.utf8))["status"]
        #expect(status?["conditions"]?.array?.first?["status"]?.string == "False")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `without a store for its provider a class is refused with what to do`() throws {
        let outcome = try Run(documents).finish()
        #expect(outcome.exitCode == 3, "\(outcome)")
        #expect(outcome.error.contains("--store local"), "\(outcome)")
    }
}
