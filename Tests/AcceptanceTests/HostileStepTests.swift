// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

@Suite("Hostile steps and documents")
struct HostileStepTests {
    private func taskRun(_ spec: String) -> String {
        """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: t}
        spec:
        \(spec)
        """
    }

    @Test(arguments: ["../../../../../../../etc", "..", "a/b", ".hidden"])
    func `a claim's name leads nowhere but to its own directory`(claim: String) throws {
        let run = try Run(
            taskRun(
                """
                  taskSpec:
                    volumes: [{name: v, persistentVolumeClaim: {claimName: "\(claim)"}}]
                    steps:
                    - {name: s, image: bash, script: "ls /v", volumeMounts: [{name: v, mountPath: /v}]}
                """
            )
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(outcome.error.contains("claimName") || outcome.error.contains("is no name"))
    }

    @Test func `a step cannot lead the runner's logs elsewhere by a link`() throws {
        let victim = try TemporaryDirectory()
        let run = try Run(
            taskRun(
                """
                  workspaces: [{name: w}]
                  taskSpec:
                    workspaces: [{name: w}]
                    steps:
                    - name: a
                      image: bash
                      script: "cd /workspace/w && mv logs/t logs/u && ln -s \(victim.path) logs/t"
                    - {name: b, image: bash, script: "echo from b"}
                """
            ).replacing("  workspaces: [{name: w}]\n  taskSpec", with: "  taskSpec")
        )
        var moved = run
        moved.arguments += ["-w", "w=\(run.directory.path("work"))"]
        try Directory.create(run.directory.path("work"), permissions: 0o755)
        var command = moved.command
        command.arguments[command.arguments.count - 1] = run.directory.path("work/logs")
        let outcome = try command.run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try Directory.names(in: victim.path) == [])
        #expect(try run.directory.read("work/logs/u/b.log") == "from b\n")
    }

    @Test(arguments: ["SYS_ADMIN", "ALL", "NET_RAW", "SYS_PTRACE"])
    func `a document cannot give its step the host's capabilities`(name: String) throws {
        let outcome = try Run(
            taskRun(
                """
                  taskSpec:
                    steps:
                    - name: s
                      image: bash
                      script: "true"
                      securityContext: {capabilities: {add: [\(name)]}}
                """
            )
        ).finish()
        #expect(outcome.exitCode == 2)
        #expect(outcome.error.contains("capability `\(name)`"), "\(outcome)")
    }

    @Test func `a step cannot reach the host's control groups through namespaces`() throws {
        let run = try Run(
            taskRun(
                """
                  taskSpec:
                    steps:
                    - name: s
                      image: bash
                      script: |
                        unshare -UrmC true && echo cgroup-namespace
                        unshare -Ur true && echo user-namespace
                        exit 0
                """
            )
        )
        #expect(try run.finish().exitCode == 0)
        let log = try run.log("t", "s")
        #expect(!log.contains("cgroup-namespace"), "\(log)")
        #expect(log.contains("user-namespace"), "\(log)")
    }

    @Test func `a secret as a key of an object result is masked too`() throws {
        let run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: kanarienvogel-7f3a91c2d4}
            ---
            """ + "\n"
                + taskRun(
                    """
                      taskSpec:
                        results: [{name: o, type: object, properties: {a: {}}}]
                        steps:
                        - name: s
                          image: bash
                          env: [{name: T, valueFrom: {secretKeyRef: {name: creds, key: token}}}]
                          script: 'printf ''{"a":"b","%s":"x"}'' "$T" > $(results.o.path)'
                    """
                ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.leaks(of: "kanarienvogel-7f3a91c2d4", in: outcome) == [])
    }

    @Test func `a result's text is not expanded, and neither is what the runtime sets`() throws {
        let run = try Run(
            taskRun(
                """
                  taskSpec:
                    steps:
                    - name: a
                      image: bash
                      results: [{name: r}]
                      script: "printf '%s' '$(TOK) $$x' > $(step.results.r.path)"
                    - name: b
                      image: bash
                      env: [{name: TOK, value: tokval}]
                      command: [echo]
                      args: ["$(steps.a.results.r)", "$(HOME)", "$(TOK)"]
                """
            )
        )
        #expect(try run.finish().exitCode == 0)
        #expect(try run.log("t", "b") == "$(TOK) $$x $(HOME) tokval\n")
    }

    @Test func `no step runs when a later one cannot be configured`() throws {
        let run = try Run(
            taskRun(
                """
                  taskSpec:
                    steps:
                    - {name: a, image: bash, script: "echo ran"}
                    - name: b
                      image: bash
                      script: "true"
                      env: [{name: E, valueFrom: {secretKeyRef: {name: nosuch, key: k}}}]
                """
            ),
            "-o",
            "json"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1)
        #expect(!outcome.error.contains("ran\n"), "\(outcome)")
        let steps = try JSONValue.parse(Array(outcome.output.utf8))["status"]?["steps"]?.array
        #expect(
            steps?.map { $0["terminationReason"]?.string }
                == ["CreateContainerConfigError", "CreateContainerConfigError"]
        )
    }

    @Test func `odd modes and identities are refused or cut, and never crash`() throws {
        let modes = try Run(
            "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\ndata: {k: v}\n---\n"
                + taskRun(
                    """
                      taskSpec:
                        volumes: [{name: v, configMap: {name: c, defaultMode: 99999999}}]
                        steps:
                        - {name: s, image: bash, script: "cat /v/k", volumeMounts: [{name: v, mountPath: /v}]}
                    """
                )
        ).finish()
        #expect(modes.exitCode == 0, "\(modes)")
        let identity = try Run(
            taskRun(
                """
                  taskSpec:
                    steps: [{name: s, image: bash, script: id, securityContext: {runAsUser: -5}}]
                """
            )
        ).finish()
        #expect(identity.exitCode == 2, "\(identity)")
        let root = try Run(
            taskRun(
                """
                  taskSpec:
                    steps: [{name: s, image: bash, script: id, securityContext: {runAsNonRoot: true}}]
                """
            )
        ).finish()
        #expect(root.exitCode == 1, "\(root)")
        #expect(root.error.contains("runAsNonRoot"), "\(root)")
    }

    @Test func `a refusal still prints one document`() throws {
        var run = try Run("", "-o", "json")
        run.arguments[0] = "/no/such/file.yaml"
        let outcome = try run.finish()
        #expect(outcome.exitCode == 2)
        #expect(try JSONValue.parse(Array(outcome.output.utf8))["items"]?.array == [])
    }
}
