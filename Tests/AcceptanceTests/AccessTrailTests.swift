// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// `tacit audit access` over real runs: who read what, and whether the record of it is whole.
@Suite("Access trail")
struct AccessTrailTests {
    private static let canary = "kanarienvogel-8a1c44d0b7"

    private func run(_ script: String, configuration: String? = nil) throws -> Run {
        let run = try Run(
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
                volumes: [{name: s, secret: {secretName: creds}}]
                steps:
                - name: use
                  image: bash
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: "\(script)"
            """
        )
        if let configuration {
            try run.directory.write(configuration, to: "home/.config/tacit/config.yaml")
        }
        return run
    }

    private func audit(_ run: Run, _ arguments: String...) throws -> CommandOutcome {
        try Command(
            [Checkout.tacit, "audit", "access"] + arguments,
            environment: run.environment
        ).run()
    }

    private func events(_ run: Run) throws -> String {
        let name = try #require(Directory.names(in: run.directory.path("state/runs")).first)
        return "state/runs/\(name)/events.jsonl"
    }

    @Test func `every read of a run is listed, narrowed by what is asked`() throws {
        let run = try run("cat /mnt/secrets/token >/dev/null; head -c1 /mnt/secrets/token | wc -c")
        #expect(try run.finish().exitCode == 0)
        let all = try audit(run, "-o", "json")
        let entries = try all.output.split(separator: "\n").map {
            try JSONValue.parse(Array($0.utf8))
        }
        #expect(
            entries.map { $0["executable"]?.string?.split(separator: "/").last } == ["cat", "head"]
        )
        #expect(entries.allSatisfy { $0["object"]?.string == "creds/token" })
        #expect(entries.allSatisfy { $0["step"]?.string == "use" && $0["task"]?.string == "t" })
        let narrowed = try audit(run, "--executable", "head", "--secret", "creds", "--since", "1h")
        #expect(narrowed.output.split(separator: "\n").count == 1, "\(narrowed)")
        #expect(narrowed.error == "1 access on record\n")
        #expect(try audit(run, "--step", "other").output == "")
        let name = try #require(Directory.names(in: run.directory.path("state/runs")).first)
        let whole = all.output.split(separator: "\n").count
        // Each filter by itself: what fits lets both reads through, what does not fit neither.
        let filters = [
            ("--run", name, "latest"), ("--run", String(name.prefix(8)), ""),
            ("--task", "t", "other"), ("--step", "use", "us"),
            ("--secret", "creds/token", "creds/other"), ("--secret", "creds", "cred"),
            ("--since", "1h", "2199-01-01"), ("--since", "2020-01-01T00:00:00Z", "2199-01-01"),
            ("--until", "2199-01-01", "1h"), ("--executable", "cat", "dog"),
        ]
        for (flag, fitting, other) in filters {
            let found = try audit(run, flag, fitting)
            let wanted = flag == "--executable" ? 1 : whole
            #expect(
                found.output.split(separator: "\n").count == wanted,
                "\(flag) \(fitting): \(found)"
            )
            if flag == "--run" { continue }
            #expect(try audit(run, flag, other).output == "", "\(flag) \(other)")
        }
        let path = try #require(entries.first?["executable"]?.string)
        #expect(try audit(run, "--executable", path).output.split(separator: "\n").count == 1)
        #expect(try run.leaks(of: Self.canary, in: all) == [])
    }

    @Test func `a record is verified, and a change to it is told with its line`() throws {
        let run = try run("cat /mnt/secrets/token >/dev/null")
        #expect(try run.finish().exitCode == 0)
        #expect(try audit(run, "--verify").exitCode == 0)
        let heads = try audit(run, "--export-head")
        #expect(heads.exitCode == 0)
        try run.directory.write(heads.output, to: "heads")
        let file = try events(run)
        let whole = try run.directory.read(file)
        try run.directory.write(whole.replacing("/cat", with: "/dog"), to: file)
        let edited = try audit(run, "--verify")
        #expect(edited.exitCode == 1)
        #expect(edited.output.contains("edited"), "\(edited)")
        let lines = whole.split(separator: "\n").map { "\($0)\n" }
        try run.directory.write(lines.dropLast().joined(), to: file)
        let cut = try audit(run, "--verify", "-o", "json")
        #expect(cut.output.contains(#""kind":"truncated""#), "\(cut)")
        try run.directory.write(whole, to: file)
        #expect(try audit(run, "--verify", "--head", run.directory.path("heads")).exitCode == 0)
    }

    @Test func `a run that was killed leaves a record that holds`() throws {
        let run = try run("cat /mnt/secrets/token >/dev/null; echo MARKER read; sleep 30")
        let running = try run.command.start()
        for _ in 0..<500 where !running.output.contains("read") { try sleep(milliseconds: 20) }
        running.send(.kill)
        _ = running.finish()
        let verified = try audit(run, "--verify")
        #expect(verified.exitCode == 0, "\(verified)")
        #expect(try audit(run).error == "1 access on record\n")
    }

    @Test func `reads without end fill no disk: they fail, and the run with them`() throws {
        let run = try run(
            "i=0; while cat /mnt/secrets/token >/dev/null; do i=$((i+1)); done; echo $i reads",
            configuration: "audit: {runSize: 16Ki}\n"
        )
        let outcome = try run.finish()
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(outcome.error.contains("no more secrets can be read"), "\(outcome)")
        let log = try run.log("t", "use")
        let reads = try #require(
            Int(log.split(separator: "\n").last?.split(separator: " ")[0] ?? "")
        )
        let count = try run.events().count { $0["event"]?.string == "secret.accessed" }
        #expect(count == reads)
        #expect((10...60).contains(reads))
        #expect(try audit(run, "--verify").exitCode == 0)
    }

    @Test func `no process shows a value in its arguments or environment, and no core holds one`()
        throws
    {
        let run = try run("cat /mnt/secrets/token >/dev/null; echo MARKER read; sleep 20")
        var command = run.command
        command.arguments =
            ["sh", "-c", "cd \"$HOME\" && ulimit -c unlimited && exec \"$@\"", "sh"]
            + command.arguments
        try run.directory.write("", to: "home/empty")
        let running = try command.start()
        for _ in 0..<500 where !running.output.contains("read") { try sleep(milliseconds: 20) }
        try run.directory.write(Self.canary + "\n", to: "pattern")
        let pattern = run.directory.path("pattern")
        let search = try Command(
            ["sh", "-c", "grep -laF -f \(pattern) /proc/[0-9]*/environ /proc/[0-9]*/cmdline"]
        ).run()
        _ = try Command(["rm", pattern]).run()
        #expect(search.output == "")
        // SIGABRT, for which a process leaves a core if it may.
        running.send(Signal(rawValue: 6))
        let outcome = running.finish()
        #expect(try Directory.names(in: run.directory.path("home")) == ["empty"])
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
    }

    @Test func `flags that exclude each other, and times that are none, are refused`() throws {
        let run = try run("true")
        #expect(try audit(run, "--verify", "--export-head").exitCode == 2)
        #expect(try audit(run, "--head", "x").exitCode == 2)
        #expect(try audit(run, "--since", "soon").exitCode == 2)
        #expect(try audit(run, "--run", "latest").exitCode == 2)
    }
}
