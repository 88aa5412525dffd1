// SPDX-License-Identifier: Apache-2.0
import JSON
import Platform
import TestSupport
import Testing

/// Sidecars beside steps, through the built program.
@Suite("Sidecars")
struct SidecarTests {
    private func taskRun(_ sidecars: String, steps: String, timeout: String = "1h") -> String {
        """
        apiVersion: tekton.dev/v1
        kind: TaskRun
        metadata: {name: tr}
        spec:
          timeout: \(timeout)
          taskSpec:
            volumes: [{name: shared, emptyDir: {}}]
            sidecars: \(sidecars)
            steps: \(steps)
            stepTemplate:
              image: bash
              env: [{name: M, value: MARKER}]
              volumeMounts: [{name: shared, mountPath: /shared}]
        """
    }

    private func finish(_ yaml: String) throws -> (run: Run, outcome: CommandOutcome) {
        let run = try Run(yaml, "-o", "json")
        return (run, try run.finish())
    }

    private func status(_ outcome: CommandOutcome) throws -> JSONValue {
        try #require(try JSONValue.parse(Array(outcome.output.utf8))["status"])
    }

    private func reason(_ outcome: CommandOutcome) throws -> String? {
        try status(outcome)["conditions"]?.array?.first?["reason"]?.string
    }

    @Test func `a sidecar runs beside the steps, has its log, and is gone at the end`() throws {
        let (run, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, env: [{name: M, value: MARKER}],
                  volumeMounts: [{name: shared, mountPath: /shared}],
                  script: 'echo up; test -e /workspace && echo workspace;
                    touch /shared/up; sleep 600'}]
                """,
                steps:
                    "[{name: s, script: 'until test -e /shared/up; do sleep 0.1; done; echo seen'}]"
            )
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "seen\n")
        #expect(try run.log("tr", "sidecar-db") == "up\n")
        #expect(outcome.error.contains("[sidecar-db] up"), "\(outcome)")
        #expect(run.processes() == [])
        let sidecar = try status(outcome)["sidecars"]?.array?.first
        #expect(sidecar?["name"]?.string == "db")
        #expect(sidecar?["container"]?.string == "sidecar-db")
        #expect(sidecar?["terminated"]?["reason"]?.string == "Completed")
        #expect(try reason(outcome) == "Succeeded")
    }

    @Test func `what a sidecar writes to /tekton/run/mask is masked in its log and in the steps'`()
        throws
    {
        let (run, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, volumeMounts: [{name: shared, mountPath: /shared}],
                  script: 'T=kanarien; T=${T}vogel-9c27; echo "$T" > /tekton/run/mask; echo "made $T";
                    echo "$T" > /shared/token; mv /shared/token /shared/up; sleep 600'}]
                """,
                steps: """
                    [{name: s, script: 'until test -e /shared/up; do sleep 0.1; done;
                      echo "got $(cat /shared/up)"'}]
                    """
            )
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "sidecar-db") == "made [REDACTED:added-by-tr]\n")
        #expect(try run.log("tr", "s") == "got [REDACTED:added-by-tr]\n")
        #expect(!"\(outcome)".contains("kanarienvogel"))
    }

    @Test func `a sidecar that fails by itself fails the TaskRun, before any step`() throws {
        let (run, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, script: 'exit 7'}]
                """,
                steps: "[{name: s, script: 'sleep 1; exit 3'}]"
            )
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        let condition = try status(outcome)["conditions"]?.array?.first
        #expect(condition?["reason"]?.string == "SidecarFailed")
        #expect(condition?["message"]?.string == "\"sidecar-db\" exited with code 7: Error")
        #expect(run.processes() == [])
    }

    @Test func `a sidecar whose program is not there says so in the status`() throws {
        let (_, outcome) = try finish(
            taskRun(
                "[{name: db, image: postgres, command: [/nosuch/postgres]}]",
                steps: "[{name: s, script: 'sleep 0.2'}]"
            )
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(try reason(outcome) == "SidecarFailed")
        let ended = try status(outcome)["sidecars"]?.array?.first?["terminated"]
        #expect(ended?["reason"]?.string == "StartError")
        #expect(ended?["message"]?.string?.contains("/nosuch/postgres") == true, "\(outcome)")
    }

    @Test func `a sidecar that refers to a missing key keeps the steps from starting`() throws {
        let (run, outcome) = try finish(
            taskRun(
                """
                [{name: a, image: bash, env: [{name: M, value: MARKER}], script: 'sleep 600'},
                 {name: b, image: bash, script: 'true', env: [{name: X,
                   valueFrom: {secretKeyRef: {name: nosuch, key: k}}}]}]
                """,
                steps: "[{name: s, script: 'echo never'}]"
            )
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        #expect(try reason(outcome) == "CreateContainerConfigError")
        #expect(throws: (any Error).self) { try run.log("tr", "s") }
        #expect(run.processes() == [])
    }

    @Test func `a sidecar that fails is no failure while another is left and the steps succeed`()
        throws
    {
        let (_, outcome) = try finish(
            taskRun(
                """
                [{name: a, image: bash, script: 'exit 7'},
                 {name: b, image: bash, script: 'sleep 600'}]
                """,
                steps: "[{name: s, script: 'sleep 1'}]"
            )
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `the first step waits for the commands of the probes`() throws {
        let (run, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, volumeMounts: [{name: shared, mountPath: /shared}],
                  startupProbe: {exec: {command: [test, -e, /shared/started]}, periodSeconds: 1},
                  readinessProbe: {exec: {command: [test, -e, /shared/ready]}},
                  script: 'sleep 0.5; touch /shared/started; sleep 0.5; touch /shared/ready;
                    sleep 600'}]
                """,
                steps: "[{name: s, script: 'ls /shared'}]"
            )
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("tr", "s") == "ready\nstarted\n")
    }

    @Test func `a sidecar that does not start in time is killed, which fails the TaskRun`() throws {
        let (_, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, script: 'sleep 600',
                  startupProbe: {exec: {command: ["false"]}, periodSeconds: 1,
                    failureThreshold: 2}}]
                """,
                steps: "[{name: s, script: 'true'}]"
            )
        )
        #expect(outcome.exitCode == 1, "\(outcome)")
        let condition = try status(outcome)["conditions"]?.array?.first
        #expect(condition?["message"]?.string == "\"sidecar-db\" exited with code 137: Error")
    }

    @Test func `a port is asked on loopback`() throws {
        let (_, outcome) = try finish(
            taskRun(
                """
                [{name: web, image: python, ports: [{name: http, containerPort: 47811}],
                  readinessProbe: {httpGet: {path: /, port: http}},
                  startupProbe: {tcpSocket: {port: 47811}, periodSeconds: 1,
                    failureThreshold: 30},
                  command: [python3, -m, http.server, "47811", --bind, 127.0.0.1]}]
                """,
                steps: "[{name: s, command: [bash, -c, 'exec 3<>/dev/tcp/127.0.0.1/47811']}]"
            )
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
    }

    @Test func `the TaskRun's time runs out while a sidecar never becomes ready`() throws {
        let (run, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, env: [{name: M, value: MARKER}], script: 'sleep 600',
                  readinessProbe: {exec: {command: ["false"]}}}]
                """,
                steps: "[{name: s, script: 'true'}]",
                timeout: "2s"
            )
        )
        #expect(outcome.exitCode == 124, "\(outcome)")
        #expect(try reason(outcome) == "TaskRunTimeout")
        #expect(run.processes() == [])
    }

    @Test func `probes that a host cannot ask are refused by name, with their place`() throws {
        let (_, outcome) = try finish(
            taskRun(
                """
                [{name: db, image: bash, script: 'true', livenessProbe: {exec: {command: [a]}},
                  readinessProbe: {grpc: {port: 1}}}]
                """,
                steps: "[{name: s, script: 'true'}]"
            )
        )
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(outcome.error.contains("`livenessProbe` cannot be had on a host"), "\(outcome)")
        #expect(outcome.error.contains("`grpc` probes cannot be had on a host"), "\(outcome)")
        #expect(outcome.error.contains("run.yaml:9:"), "\(outcome)")
    }
}
