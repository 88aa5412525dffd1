// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// `tacit redact` as a filter in a shell's pipeline.
@Suite struct RedactTests {
    private let directory: TemporaryDirectory
    private let secrets: String

    init() throws {
        directory = try TemporaryDirectory()
        secrets = try directory.write(
            #"{"db": "hunter2-x/y\n", "bin": {"base64": "AP/+gGtleQHDKA=="}, "tiny": "ab"}"#,
            to: "secrets.json"
        )
    }

    private func redact(_ input: String, _ arguments: [String]) throws -> CommandOutcome {
        try Command([Checkout.tacit, "redact"] + arguments, input: input).run()
    }

    @Test func `secrets are masked by name in what comes on standard input`() throws {
        let outcome = try redact(
            "a hunter2-x/y b\nhex 00fffe806b657901c328 ab\nlast hunter",
            ["--secrets", secrets]
        )
        #expect(outcome.output == "a [REDACTED:db] b\nhex [REDACTED:bin] ab\nlast [REDACTED:db]")
        #expect(outcome.error.contains("`tiny` is not masked"))
        #expect(!outcome.error.contains("hunter2"))
        #expect(outcome.exitCode == 0)
    }

    @Test func `a prompt appears before its line ends`() throws {
        let script = """
            { printf 'Password: '; sleep 1; echo; } | "$1" redact --secrets "$2" 2>/dev/null |
                { IFS= read -r -n 10 -t 0.8 prompt; echo "<$prompt>"; cat >/dev/null; }
            """
        let outcome = try Command(["bash", "-c", script, "sh", Checkout.tacit, secrets]).run()
        #expect(outcome.output == "<Password: >\n")
    }

    @Test func `files are read and written, and the masks counted`() throws {
        let log = try directory.write("hunter2-x/y aHVudGVyMi14L3k= hunter2-x/y\n", to: "in.log")
        let out = directory.path("out.log")
        let outcome = try redact("", ["--secrets", secrets, "--in", log, "--out", out, "--stats"])
        #expect(outcome.exitCode == 0, "\(outcome)")
        let mask = "[REDACTED:db]"
        #expect(try directory.read("out.log") == "\(mask) \(mask)k= \(mask)\n")
        #expect(
            outcome.error.hasSuffix("3 masks\n  db as base64: 1\n  db as raw: 2\n"),
            "\(outcome)"
        )
        #expect(try FileStatus(of: out).permissions == 0o600)
        #expect(try redact("", ["--secrets", secrets, "--in", log, "--out", log]).exitCode == 2)
        #expect(try redact("", ["--secrets", secrets, "--in", "/nonexistent"]).exitCode == 2)
    }

    @Test func `a line of 128 MiB takes no more memory than a short one`() throws {
        let long = directory.path("long")
        let file = try FileDescriptor.open(long, [.writeOnly, .create, .truncate])
        let block = [UInt8](repeating: UInt8(ascii: "h"), count: 1 << 20)
        for _ in 0..<128 { try file.write(block) }
        try file.write("hunter2-x/y\n")
        // Asked while it waits for more: what the system says of it at its end counts these tests, which started it.
        let script = """
            mkfifo "$3.in"; "$1" redact --secrets "$2" --stats <"$3.in" >/dev/null & redact=$!
            exec 3>"$3.in"; cat "$3" >&3; grep VmHWM: "/proc/$redact/status"; exec 3>&-; wait $redact
            """
        let outcome = try Command(["sh", "-c", script, "sh", Checkout.tacit, secrets, long]).run()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(outcome.error.contains("1 mask\n"))
        let kilobytes = outcome.output.split { $0.isWhitespace }.dropFirst().first
        #expect(try #require(kilobytes.flatMap { Int($0) }) < 64 << 10, "\(outcome)")
    }

    @Test func `a reader that goes away is no failure`() throws {
        let script = """
            yes hunter2-x/y | "$1" redact --secrets "$2" | head -n 1; echo "${PIPESTATUS[1]}"
            """
        let outcome = try Command(["bash", "-c", script, "sh", Checkout.tacit, secrets]).run()
        #expect(outcome.output == "[REDACTED:db]\n0\n")
    }

    @Test func `wrong usage and a wrong file of secrets end with 2`() throws {
        #expect(try redact("", []).exitCode == 2)
        #expect(try redact("", ["--secrets", "-"]).exitCode == 2)
        #expect(try redact("", ["--secrets", directory.path("missing")]).exitCode == 2)
        let wrong = try directory.write("{\"db\": [\"hunter2-x/y\"]}", to: "wrong.json")
        let outcome = try redact("", ["--secrets", wrong])
        #expect(outcome.exitCode == 2)
        #expect(outcome.error.contains("wrong.json:1:2: error:"))
        #expect(!outcome.error.contains("hunter2"))
    }

    @Test func `the secrets of a class come from its store`() throws {
        let file = try directory.write(
            """
            apiVersion: secrets-store.csi.x-k8s.io/v1
            kind: SecretProviderClass
            metadata: {name: db}
            spec:
              provider: vault
              parameters:
                vaultAddress: https://vault.example:8200
                roleName: ci
                objects: |
                  - {objectName: password, secretPath: cicd/data/db, secretKey: password}
            """,
            to: "class.yaml"
        )
        let environment = ["PATH": "/usr/bin:/bin", "XDG_STATE_HOME": directory.path("state")]
        func tacit(_ arguments: [String], _ input: String) throws -> CommandOutcome {
            try Command([Checkout.tacit] + arguments, environment: environment, input: input).run()
        }
        let set = try tacit(["secret", "set", "cicd/data/db", "password=-"], "class-hunter2-x")
        #expect(set.exitCode == 0, "\(set)")
        let classFlags = ["--class", "db", "--store", "local"]
        let outcome = try tacit(["redact"] + classFlags + [file], "pw class-hunter2-x\n")
        #expect(outcome.output == "pw [REDACTED:password]\n", "\(outcome)")
        let log = try directory.write("ok\nclass-hunter2-x\n", to: "build.log")
        let audit = try tacit(["audit", "leaks", log, "-f", file] + classFlags, "")
        #expect(
            audit.output == "\(log):2:1: secret `password` (certain; 15 bytes at 3)\n",
            "\(audit)"
        )
        #expect(audit.exitCode == 1)
        try directory.write(
            """
            {"event":"run.started","time":"2026-01-02T03:04:05Z","namespace":"default","serviceAccount":"x",\
            "files":["\(file)"]}
            {"event":"secrets.fetched","class":"db"}
            """,
            to: "state/tacit/runs/0123456789ab/events.jsonl"
        )
        let ofRun = ["audit", "leaks", log, "--run", "latest", "--store", "local"]
        #expect(try tacit(ofRun, "").output == audit.output)
        #expect(try tacit(["redact", "--run", "ff"], "").exitCode == 2)
        let unknown = try tacit(["redact", "--class", "dbx", "--store", "local", file], "")
        #expect(unknown.error.contains("did you mean `db`?"))
        #expect(unknown.exitCode == 2)
        let refused = try tacit(["redact", "--class", "db", file], "")
        #expect(refused.exitCode == 3, "\(refused)")
        #expect(refused.output.isEmpty)
    }
}
