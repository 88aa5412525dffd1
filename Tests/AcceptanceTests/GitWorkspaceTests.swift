// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

@Suite struct GitWorkspaceTests {
    private let task = """
        apiVersion: tekton.dev/v1
        kind: Task
        metadata: {name: look}
        spec:
          workspaces: [{name: source}]
          results: [{name: commit}]
          steps:
            - name: look
              image: debian
              workingDir: $(workspaces.source.path)
              script: |
                ls -a; cat .git/config; cat .git/HEAD > /tekton/results/commit
        """

    private func run(
        _ cluster: SandboxCluster,
        _ yaml: String,
        _ source: String
    ) throws -> (
        Run, CommandOutcome
    ) {
        let run = try Run(yaml, "-w", "source=\(source)")
        var command = run.command
        command.environment?["GIT_SSL_CAINFO"] = cluster.authority
        return (run, try command.run())
    }

    @Test func `a repository is cloned for a workspace, and gone after the run`() throws {
        let cluster = try SandboxCluster()
        let token = try cluster.secret("token")
        let source = "git+https://oauth2:\(token)@localhost:\(cluster.port)/timespan.git#main"
        let (run, outcome) = try run(cluster, task, source)
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output.contains("[look] timespan.c\n"), "\(outcome)")
        #expect(outcome.output.contains("url = https://localhost:\(cluster.port)/timespan.git\n"))
        #expect(outcome.error.contains("refs/heads/main"))
        #expect(try run.leaks(of: token, in: outcome) == [])
        #expect(try Directory.names(in: run.directory.path("state/workspaces")) == [])
    }

    @Test func `the annotated Secret of the service account lets one in`() throws {
        let cluster = try SandboxCluster()
        let token = try cluster.secret("token")
        let url = "https://localhost:\(cluster.port)"
        let documents = """
            \(task)
            ---
            apiVersion: v1
            kind: Secret
            metadata: {name: git, annotations: {tekton.dev/git-0: "\(url)"}}
            type: kubernetes.io/basic-auth
            stringData: {username: oauth2, password: "\(token)"}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: builder}
            secrets: [{name: git}]
            """
        let run = try Run(documents, "-w", "source=git+\(url)/timespan.git", "-s", "builder")
        var command = run.command
        command.environment?["GIT_SSL_CAINFO"] = cluster.authority
        let outcome = try command.run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.output.contains("[look] timespan.c\n"), "\(outcome)")
        #expect(try run.leaks(of: token, in: outcome) == [])
    }

    @Test func `where git refuses no step runs, and the code is 3`() throws {
        let cluster = try SandboxCluster()
        for source in ["timespan.git", "missing.git", "timespan.git#nowhere"] {
            let address = "git+https://localhost:\(cluster.port)/\(source)"
            let (run, outcome) = try run(cluster, task, address)
            #expect(outcome.exitCode == 3, "\(outcome)")
            #expect(outcome.error.contains("workspace `source`"), "\(outcome)")
            #expect(outcome.output == "")
            #expect(try Directory.names(in: run.directory.path("state/workspaces")) == [])
        }
        let (_, wrong) = try run(cluster, task, "git+htp://user:pass-word@h/x")
        #expect(wrong.exitCode == 2, "\(wrong)")
        #expect(!wrong.error.contains("pass-word"))
    }
}
