// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// What a run says of itself at its end: all that it has written is looked through for secrets.
@Suite("A run's proof")
struct RunProofTests {
    private static let canary = "kanarienvogel-92c4e1f07b"

    private func run(_ script: String, results: String = "[]", _ arguments: String...) throws -> Run
    {
        var run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: "\(Self.canary)"}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                results: \(results)
                volumes: [{name: s, secret: {secretName: creds}}]
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets, readOnly: true}]
                  script: |
                    #!/bin/bash
                    T=$(cat /mnt/secrets/token)
                    \(script)
            """
        )
        run.arguments += arguments
        return run
    }

    /// The value with a colour in its middle, which no stream masks.
    private static let coloured = #"printf '%s\033[1m%s\n' "${T:0:12}" "${T:12}""#

    @Test func `a short value that stands in a name is no leak of the record`() throws {
        let run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {username: user, token: "\(Self.canary)"}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes: [{name: s, secret: {secretName: creds}}]
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets, readOnly: true}]
                  script: cat /mnt/secrets/username /mnt/secrets/token
            """
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0 && outcome.error.contains("· 0 leaks"), "\(outcome)")
        let paths = try run.events().compactMap { $0["path"]?.string }
        #expect(paths.contains("/mnt/secrets/username"))
    }

    @Test func `a result that becomes part of a mount's path is recorded as its mask`() throws {
        let run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: "\(Self.canary)"}
            ---
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: pr}
            spec:
              pipelineSpec:
                tasks:
                - name: a
                  taskSpec:
                    results: [{name: token}]
                    volumes: [{name: s, secret: {secretName: creds}}]
                    steps:
                    - name: s
                      image: bash
                      volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                      script: cat /mnt/secrets/token > $(results.token.path)
                - name: b
                  params: [{name: p, value: $(tasks.a.results.token)}]
                  taskSpec:
                    params: [{name: p}]
                    volumes: [{name: s, secret: {secretName: creds}}]
                    steps:
                    - name: s
                      image: bash
                      volumeMounts: [{name: s, mountPath: "/mnt/$(params.p)"}]
                      script: cat /mnt/*/token | wc -c
            """
        )
        let outcome = try run.finish()
        #expect(
            outcome.exitCode == 0 && outcome.output.contains("[b : s] \(Self.canary.utf8.count)"),
            "\(outcome)"
        )
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
        let paths = try run.events().compactMap { $0["path"]?.string }
        #expect(paths.contains("/mnt/[REDACTED:creds/token]/token"), "\(paths)")
    }

    @Test func `a run that leaks nothing says so, and how much it looked at`() throws {
        let run = try run(#"echo "$T""#, "-o", "json")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let said = outcome.error.contains(
            /tacit: [0-9]+ reads? by 1 step · 1 mask · 0 leaks in [0-9.]+ k?B\n/
        )
        #expect(said, "\(outcome)")
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        let annotation = object["metadata"]?["annotations"]?["tacit.dev/leak-audit"]?.string ?? ""
        let counts = try JSONValue.parse(Array(annotation.utf8))
        #expect(counts["leaks"] == .integer(0))
        #expect(counts["masks"] == .integer(1))
        #expect(try run.events().last?["audit"] == counts)
    }

    @Test func `a leak that only the audit sees fails the run, and its log is quarantined`() throws
    {
        let run = try run(Self.coloured, "-o", "json")
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        let object = try JSONValue.parse(Array(outcome.output.utf8))
        let condition = object["status"]?["conditions"]?.array?.first
        #expect(condition?["reason"]?.string == "SecretLeaked")
        #expect(
            condition?["message"]?.string?.contains("use.log:1:1: secret `creds/token`") == true
        )
        #expect(outcome.error.contains("· 1 leak in"))
        let place = run.directory.path("logs/t/use.log.quarantined")
        #expect(outcome.error.contains("tacit: quarantined: \(place)\n"), "\(outcome)")
        #expect(try FileStatus(of: place).permissions == 0o600)
        #expect(!outcome.output.contains("kanarien"))
        let finished = try run.events().last
        #expect(finished?["reason"]?.string == "SecretLeaked", "\(String(describing: finished))")
    }

    @Test func `with --allow-leaks the run's outcome stays, and the leak is told`() throws {
        let outcome = try run(Self.coloured, "--allow-leaks").finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.error.contains("· 1 leak in"))
        #expect(outcome.error.contains("tacit: leak: "))
    }

    @Test func `output that is only shown is looked at, too`() throws {
        let run = try run(Self.coloured)
        defer { withExtendedLifetime(run.directory) {} }
        let outcome = try Command(
            [Checkout.tacit, "run"] + run.arguments,
            environment: run.environment
        ).run()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(outcome.error.contains("tacit: leak: output of t/use:1:1: secret `creds/token`"))
    }

    @Test(arguments: [
        #"sed 's/./& /g' /mnt/secrets/token > $(results.r.path)"#,
        #"printf '%s\033[1m%s' "${T:0:12}" "${T:12}" > $(results.r.path)"#,
        #"printf '%s\n%s' "${T:0:7}" "${T:7}" > $(results.r.path)"#,
    ])
    func `a result in which a value is broken up is not printed`(script: String) throws {
        let outcome = try run(script, results: "[{name: r}]", "-o", "json").finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(!outcome.output.contains("k a n a r") && !outcome.output.contains("kanar"))
        #expect(outcome.output.contains(#""value": "[REDACTED]""#), "\(outcome)")
    }
}
