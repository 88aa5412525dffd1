// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Runs against a real OpenBao: its own audit log joined with ours, and what happens when it goes away.
@Suite("With a real store", .serialized)
struct StoreJoinTests {
    private static let canary = "kanarienvogel-bao-4417d2e9"
    private let store: OpenBao
    private let role: (roleID: String, secretID: String)

    init() throws {
        store = try OpenBao(
            isSecure: true,
            configuration: """
                audit "file" "to-file" {
                  options {
                    file_path = "./audit.log"
                  }
                }
                """
        )
        try store.write("sys/mounts/cicd", #"{"type": "kv", "options": {"version": "2"}}"#)
        try store.setPolicy("ci", #"path "cicd/data/github" { capabilities = ["read"] }"#)
        store.enableLogin("approle")
        role = try store.appRole("ci", policies: ["ci"])
        try set(Self.canary)
    }

    private func set(_ value: String) throws {
        try store.write("cicd/data/github", #"{"data": {"token": "\#(value)", "user": "ci-user"}}"#)
    }

    private func run(_ script: String, _ arguments: String...) throws -> Run {
        var run = try Run(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: ci}
            spec:
              provider: vault
              parameters:
                roleName: ci
                vaultAddress: \(store.url)
                objects: |
                  - {objectName: token, secretPath: cicd/data/github, secretKey: token}
                  - {objectName: user, secretPath: cicd/data/github, secretKey: user}
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
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: |
                    #!/bin/bash
                    old=$(cat /mnt/secrets/token)
            \(script.split(separator: "\n").map { "        " + $0 }.joined(separator: "\n"))
            """,
            "-s",
            "build-sa"
        )
        run.arguments += arguments
        let directory = run.directory
        try directory.write(role.roleID, to: "home/role-id", permissions: 0o600)
        try directory.write(role.secretID, to: "home/secret-id", permissions: 0o600)
        try directory.write(
            """
            endpoints:
              \(store.url): {url: \(store.url), caFile: \(store.authority ?? "none")}
            identities:
              default/build-sa:
                vault:
                  endpoints: [\(store.url)]
                  method: approle
                  roleIdFile: \(directory.path("home/role-id"))
                  secretIdFile: \(directory.path("home/secret-id"))
            """,
            to: "home/.config/tacit/config.yaml",
            permissions: 0o600
        )
        return run
    }

    @Test func `one line tells the login, the read in the store and who opened what it brought`()
        throws
    {
        let run = try run(
            "head -c1 /mnt/secrets/token >/dev/null; exec 3< /mnt/secrets/user; cat <&3 >/dev/null; true"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let log = store.directory.path("audit.log")
        let joined = try Command(
            [Checkout.tacit, "audit", "access", "--join", log, "-o", "json"],
            environment: run.environment
        ).run()
        #expect(joined.exitCode == 0, "\(joined)")
        let lines = try joined.output.split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))
        }
        #expect(lines.count == 1, "\(joined)")
        let line = try #require(lines.first)
        #expect(line["store"]?["path"]?.string == "cicd/data/github")
        #expect(line["store"]?["metadata"]?.array?.first?.string == "role_name=ci")
        #expect(line["login"]?["path"]?.string == "auth/approle/login")
        #expect(line["objects"]?.array?.compactMap(\.string) == ["token", "user"])
        let programs = line["accesses"]?.array?.compactMap { access in
            access["executable"]?.string?.split(separator: "/").last
        }
        #expect(programs == ["cat", "head", "bash", "cat"])
        let text = try Command(
            [Checkout.tacit, "audit", "access", "--join", log],
            environment: run.environment
        ).run()
        #expect(text.output.split(separator: "\n").count == 1)
        #expect(text.output.contains("login auth/approle/login"), "\(text)")
        #expect(text.error == "")
        #expect(try run.leaks(of: Self.canary, in: joined) == [])
    }

    @Test func `a run goes on with what it has when the store dies, and that is told once`() throws
    {
        let run = try run(
            "echo MARKER ready; sleep 5; [ \"$(cat /mnt/secrets/token)\" = \"$old\" ]",
            "--rotate",
            "1s"
        )
        let running = try run.command.start()
        for _ in 0..<1000 where !running.output.contains("ready") { try sleep(milliseconds: 10) }
        store.stop()
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        let notes = try run.events().compactMap { $0["message"]?.string }
        #expect(notes.count { $0.contains("cannot be asked again") } == 1, "\(notes)")
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `a value that changes in the store reaches the run`() throws {
        let new = "kanarienvogel-neu-aa71b0"
        let run = try run(
            """
            echo MARKER ready
            for i in $(seq 200); do [ "$(cat /mnt/secrets/token)" != "$old" ] && break; sleep 0.1; done
            echo "now $(cat /mnt/secrets/token)"
            """,
            "--rotate",
            "1s"
        )
        let running = try run.command.start()
        for _ in 0..<1000 where !running.output.contains("ready") { try sleep(milliseconds: 10) }
        try set(new)
        let outcome = running.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "use").contains("now [REDACTED:token]"), "\(outcome)")
        let rotated = try run.events().first { $0["event"]?.string == "secrets.rotated" }
        let object = rotated?["objects"]?.array?.first
        #expect(object?["version"]?.string == "2", "\(String(describing: rotated))")
        #expect(object?["requestID"]?.string?.isEmpty == false)
        for value in [Self.canary, new] { #expect(try run.leaks(of: value, in: outcome) == []) }
    }
}
