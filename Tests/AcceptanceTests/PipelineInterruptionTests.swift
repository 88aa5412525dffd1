// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// A pipeline that is ended at many of its moments: nothing of it is left, and what came of it is on record.
@Suite("Pipelines ended early")
struct PipelineInterruptionTests {
    private static let canary = "kanarienvogel-1c9e44b07d"

    private func run(_ limits: String = "", _ arguments: String...) throws -> Run {
        var run = try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: \(Self.canary)}
            ---
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              \(limits)
              workspaces:
              - name: w
                volumeClaimTemplate:
                  spec: {accessModes: [ReadWriteOnce], resources: {requests: {storage: 1Gi}}}
              pipelineSpec:
                workspaces: [{name: w}]
                tasks:
            \(task("a"))\(task("b"))\(task("c", "runAfter: [a]"))\(task("d", "runAfter: [b, c]"))
                finally:
            \(task("f"))
            """
        )
        run.arguments += arguments
        return run
    }

    private func task(_ name: String, _ more: String = "") -> String {
        """
            - name: \(name)
              \(more)
              workspaces: [{name: w}]
              taskSpec:
                workspaces: [{name: w}]
                volumes: [{name: s, secret: {secretName: creds}}]
                steps:
                - name: s
                  image: bash
                  env: [{name: M, value: MARKER}]
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                  script: |
                    #!/bin/bash
                    cat /mnt/secrets/token >$(workspaces.w.path)/\(name)
                    setsid sleep 77 &
                    sleep 0.06

        """
    }

    private static let moments: [CInt] = [0, 15, 30, 45, 60, 80, 100, 130, 160, 200, 250, 320]

    private func expectNothingLeft(_ run: Run, _ outcome: CommandOutcome) throws {
        for _ in 0..<150 where !run.processes().isEmpty { try sleep(milliseconds: 20) }
        #expect(run.processes() == [], "\(outcome)")
        let bytes = try FileDescriptor.open("/proc/self/mountinfo").readToEnd()
        let mounts = String(decoding: bytes, as: UTF8.self).split(separator: "\n").filter {
            $0.contains(run.directory.path) || ($0.contains("tacit") && !$0.contains("tacit-test-"))
        }
        #expect(mounts == [])
        #expect(try run.leaks(of: Self.canary, in: outcome) == [])
        let state = (try? Directory.names(in: run.directory.path("state"))) ?? []
        #expect(!state.contains("claims"))
    }

    @Test(arguments: moments)
    func `after kill -9 nothing is left`(moment: CInt) throws {
        let run = try run()
        let running = try run.command.start()
        try sleep(milliseconds: moment)
        running.send(.kill)
        let outcome = running.finish()
        try expectNothingLeft(run, outcome)
    }

    @Test(arguments: moments)
    func `an interrupt ends the run in order`(moment: CInt) throws {
        let run = try run("", "-o", "json", "--children")
        let running = try run.command.start()
        try sleep(milliseconds: moment)
        running.send(.interrupt)
        let outcome = running.finish(limit: .seconds(20))
        try expectNothingLeft(run, outcome)
        // The signal came before the run began, or after it had ended, or in between.
        #expect([0, 130].contains(outcome.exitCode), "\(outcome)")
        guard let list = try? JSONValue.parse(Array(outcome.output.utf8)),
            let status = list["items"]?.array?.first?["status"]
        else { return }
        let reason = status["conditions"]?.array?.first?["reason"]?.string
        #expect(reason == (outcome.exitCode == 0 ? "Succeeded" : "Cancelled"), "\(outcome)")
        #expect(try run.events().last?["event"]?.string == "run.finished")
        let children = (list["items"]?.array ?? []).dropFirst()
        #expect(children.count == status["childReferences"]?.array?.count ?? 0)
    }

    @Test(arguments: [10, 40, 70, 110, 150, 220])
    func `a run whose time is over ends with 124 and its reason`(limit: Int) throws {
        let run = try run("timeouts: {pipeline: \(limit)ms}", "-o", "json", "--children")
        let outcome = try run.finish(limit: .seconds(20))
        try expectNothingLeft(run, outcome)
        let list = try JSONValue.parse(Array(outcome.output.utf8))
        let condition = list["items"]?.array?.first?["status"]?["conditions"]?.array?.first
        #expect(outcome.exitCode == 124, "\(outcome)")
        #expect(condition?["reason"]?.string == "PipelineRunTimeout")
        #expect(
            condition?["message"]?.string
                == "PipelineRun \"p\" failed to finish within \"\(limit)ms\""
        )
        let reasons = (list["items"]?.array ?? []).dropFirst().map {
            $0["status"]?["conditions"]?.array?.first?["reason"]?.string ?? ""
        }
        #expect(Set(reasons).isSubset(of: ["Succeeded", "TaskRunCancelled"]), "\(outcome)")
    }

    @Test func `a second interrupt ends every task at once`() throws {
        var run = try run()
        let text = try run.directory.read("run.yaml")
            .replacing("sleep 0.06", with: "trap '' TERM INT; echo ready; sleep 60")
        try run.directory.write(text, to: "run.yaml", permissions: 0o600)
        run.arguments += ["-o", "json"]
        let running = try run.command.start()
        for _ in 0..<500 where !running.error.contains("ready") { try sleep(milliseconds: 20) }
        running.send(.interrupt)
        try sleep(milliseconds: 200)
        running.send(.interrupt)
        let outcome = running.finish(limit: .seconds(8))
        #expect(outcome.exitCode == 130, "\(outcome)")
        try expectNothingLeft(run, outcome)
    }
}
