// SPDX-License-Identifier: Apache-2.0
import JSON
import TestSupport
import Testing

/// Credentials of annotated Secrets, through the built program.
@Suite("Credentials")
struct CredentialTests {
    private static let canary = "canary-4f1d9a7c2b"

    private func run(_ step: String) throws -> (Run, CommandOutcome) {
        let run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata:
              name: git
              annotations: {tekton.dev/git-0: https://git.example, tekton.dev/docker-0: https://r.example}
            type: kubernetes.io/basic-auth
            stringData: {username: ann, password: \(Self.canary)}
            ---
            apiVersion: v1
            kind: ServiceAccount
            metadata: {name: builder}
            secrets: [{name: git}, {name: absent}]
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: tr}
            spec:
              serviceAccountName: builder
              taskSpec: {steps: [\(step)]}
            """,
            "-o",
            "json"
        )
        return (run, try run.finish())
    }

    @Test func `a step finds them in HOME, may change them, and the log shows none`() throws {
        let (run, outcome) = try run(
            """
            {name: s, image: bash, script: "cat ~/.git-credentials ~/.docker/config.json;
              cat $(credentials.path)/.git-credentials /tekton/creds-secrets/git/password;
              stat -c '%a %u' ~/.git-credentials ~/.docker $(credentials.path)/.gitconfig;
              git config --global user.name Ann; cat ~/.gitconfig"}
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = try run.log("tr", "s")
        #expect(
            log.contains("https://[REDACTED:git/basic-auth]@git.example"),
            "\(log)"
        )
        #expect(log.contains("600 0\n700 0\n600 0\n") && log.contains("name = Ann"), "\(log)")
        #expect(outcome.error.contains("Secrets of the service account are not there: `absent`"))
        #expect(try run.leaks(of: Self.canary, in: outcome).isEmpty)
    }

    @Test func `the files belong to the step's own user, and another HOME of the run is used`()
        throws
    {
        let (run, outcome) = try run(
            """
            {name: s, image: bash, env: [{name: HOME, value: /tekton/home}], securityContext: {runAsUser: 4321},
             script: "stat -c '%a %u' ~/.git-credentials; test -r ~/.docker/config.json"}
            """
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "600 4321\n")
    }

    @Test func `where HOME cannot hold them the user is told`() throws {
        let (_, outcome) = try run(
            "{name: s, image: bash, env: [{name: HOME, value: /etc}], script: \"test ! -e ~/.git-credentials\"}"
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.error.contains("credentials are in `/tekton/creds` only"), "\(outcome)")
    }
}
