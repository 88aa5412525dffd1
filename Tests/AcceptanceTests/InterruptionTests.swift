// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

@Suite("Interruption")
struct InterruptionTests {
    private func run(_ script: String, _ arguments: String...) throws -> Run {
        var run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: kanarienvogel-7f3a91c2d4}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes: [{name: s, secret: {secretName: creds}}]
                steps:
                - name: long
                  image: bash
                  env: [{name: M, value: MARKER}]
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: |
                    #!/bin/bash
                    \(script)
                - {name: after, image: bash, script: "echo after"}
            """
        )
        run.arguments += arguments
        return run
    }

    private func start(_ run: Run) throws -> RunningCommand {
        let running = try run.command.start()
        for _ in 0..<500 where !running.output.contains("ready") && !running.error.contains("ready")
        {
            try sleep(milliseconds: 20)
        }
        return running
    }

    @Test(arguments: [Signal.interrupt, .terminate])
    func `the first signal lets the step end in order`(signal: Signal) throws {
        let run = try run(
            "trap 'echo cleaned up; exit 0' TERM; sleep 60 & echo ready; wait",
            "-o",
            "json"
        )
        let running = try start(run)
        running.send(signal)
        let outcome = running.finish(limit: .seconds(8))
        #expect(outcome.exitCode == 128 + signal.rawValue, "\(outcome)")
        #expect(try run.log("t", "long").contains("cleaned up"))
        let status = try JSONValue.parse(Array(outcome.output.utf8))["status"]
        #expect(status?["conditions"]?.array?.first?["reason"]?.string == "TaskRunCancelled")
        let steps = status?["steps"]?.array ?? []
        #expect(
            steps.map { $0["terminationReason"]?.string } == [
                "TaskRunCancelled", "TaskRunCancelled",
            ]
        )
        #expect(run.processes() == [])
        #expect(try run.events().last?["event"]?.string == "run.finished")
    }

    @Test func `a second signal ends the step at once`() throws {
        let run = try run("trap '' TERM INT; (trap '' TERM; sleep 60) & echo ready; sleep 60")
        let running = try start(run)
        running.send(.interrupt)
        try sleep(milliseconds: 200)
        running.send(.interrupt)
        let outcome = running.finish(limit: .seconds(5))
        #expect(outcome.exitCode == 130, "\(outcome)")
        #expect(run.processes() == [])
    }

    @Test func `after kill -9 no process, no mount and no secret is left`() throws {
        let run = try run(
            "setsid sleep 61 & (setsid sh -c 'trap \"\" TERM; sleep 62' &) ; cat /mnt/secrets/token | wc -c; "
                + "echo ready; sleep 63"
        )
        let running = try start(run)
        #expect(run.processes().count >= 4)
        running.send(.kill)
        let outcome = running.finish()
        #expect(outcome.exitCode == 137)
        for _ in 0..<100 where !run.processes().isEmpty { try sleep(milliseconds: 20) }
        #expect(run.processes() == [])
        let bytes = try FileDescriptor.open("/proc/self/mountinfo").readToEnd()
        // Other tests mount filesystems of their own below directories of theirs.
        let mounts = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
            $0.contains(run.directory.path) || ($0.contains("tacit") && !$0.contains("tacit-test-"))
        }
        #expect(mounts == [])
        #expect(try run.leaks(of: "kanarienvogel-7f3a91c2d4", in: outcome) == [])
    }
}
