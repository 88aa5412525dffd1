// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Which files of a class a step gets.
@Suite("Least privilege of steps")
struct StepFilesTests {
    private func run(_ annotations: String, mount: String = "") throws -> Run {
        let run = try Run(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: ci}
            spec:
              provider: vault
              parameters:
                roleName: ci
                objects: |
                  - {objectName: token, secretPath: cicd/data/all, secretKey: token}
                  - {objectName: user, secretPath: cicd/data/all, secretKey: user}
                  - {objectName: password, secretPath: cicd/data/all, secretKey: password}
            ---
            apiVersion: tekton.dev/v1
            kind: Task
            metadata:
              name: t
              annotations: {\(annotations)}
            spec:
              volumes:
              - name: s
                csi:
                  driver: secrets-store.csi.k8s.io
                  readOnly: true
                  volumeAttributes: {secretProviderClass: ci}
              steps:
              - name: few
                image: bash
                volumeMounts: [{name: s, mountPath: /mnt/secrets\(mount)}]
                script: "ls -R /mnt/secrets; cat /mnt/secrets/password && exit 0; true"
              - name: all
                image: bash
                volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                script: ls /mnt/secrets
            """,
            "--store",
            "local"
        )
        let outcome = try Command(
            [Checkout.tacit, "secret", "set", "cicd/data/all"]
                + ["token=ttttttttt", "user=uuuuuuuuu", "password=ppppppppp"],
            environment: run.environment
        ).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        return run
    }

    /// The logs of the two steps; the TaskRun's name is drawn.
    private func logs(_ run: Run) throws -> [String] {
        let name = try #require(Directory.names(in: run.directory.path("logs")).first)
        return try ["few", "all"].map { try run.log(name, $0) }
    }

    @Test func `a step that the Task names files for gets these, the others all`() throws {
        let run = try run("\"tacit.dev/secrets.few\": \"token, user\"")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let logs = try logs(run)
        #expect(logs[0].hasPrefix("/mnt/secrets:\ntoken\nuser\n"), "\(logs)")
        #expect(logs[0].contains("No such file or directory"))
        #expect(logs[1] == "password\ntoken\nuser\n")
    }

    @Test func `a step that mounts one file gets no other, and the record has its path`() throws {
        let run = try run("", mount: "/it, subPath: token")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try logs(run)[0].hasPrefix("/mnt/secrets:\nit\n"), "\(outcome)")
        let reading = try self.run("", mount: "/password, subPath: password")
        #expect(try reading.finish().exitCode == 0)
        let paths = try reading.events().filter { $0["event"]?.string == "secret.accessed" }
            .compactMap { $0["path"]?.string }
        #expect(paths == ["/mnt/secrets/password"])
    }

    @Test func `names that mean nothing are refused, with the place and a suggestion`() throws {
        let step = try run("\"tacit.dev/secrets.fw\": token").finish()
        #expect(step.exitCode == 2)
        #expect(step.error.contains("there is no step `fw`; did you mean `few`?"), "\(step)")
        let file = try run("\"tacit.dev/secrets.few\": \"tokn\"").finish()
        #expect(file.exitCode == 2)
        #expect(file.error.contains("has a file `tokn`; did you mean `token`?"), "\(file)")
    }
}
