// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// Each field of a step's `securityContext`, by root and by ordinary users: done, or refused by name.
@Suite("Security contexts", .enabled(if: OrdinaryUser.isPossible, "needs root"))
struct SecurityContextTests {
    static let users: [OrdinaryUser?] = [nil, .withRanges, .alone]
    static let usersWithIDs: [OrdinaryUser?] = [nil, .withRanges]

    private func run(
        _ context: String,
        _ script: String,
        pod: String = "{}",
        as user: OrdinaryUser?
    ) throws -> (run: Run, outcome: CommandOutcome) {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              podTemplate: {securityContext: \(pod)}
              taskSpec:
                volumes: [{name: v, emptyDir: {}}]
                steps:
                - name: s
                  image: bash
                  volumeMounts: [{name: v, mountPath: /v}]
                  securityContext: \(context)
                  script: |
                    #!/bin/bash
            \(script.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
            """
        )
        return (run, try (user?.runs(run.command) ?? run.command).run())
    }

    /// What a step sees of itself, line by line, of /proc/self/status.
    private func status(_ context: String, as user: OrdinaryUser?) throws -> [String: String] {
        let (run, outcome) = try run(context, "cat /proc/self/status", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        var fields: [String: String] = [:]
        for line in try run.log("t", "s").split(separator: "\n") {
            let parts = line.split(separator: ":", maxSplits: 1)
            fields[String(parts[0])] = parts.count < 2 ? "" : String(parts[1].drop { $0 == "\t" })
        }
        return fields
    }

    /// A field that would open the host, and what the refusal says of it.
    static let refused: [(context: String, message: String)] = [
        ("{privileged: true}", "a privileged step"),
        ("{capabilities: {add: [SYS_ADMIN]}}", "capability `SYS_ADMIN`"),
        ("{capabilities: {add: [CHOWN, NET_ADMIN]}}", "capability `NET_ADMIN`"),
        ("{capabilities: {add: [ALL]}}", "capability `ALL`"),
        ("{seccompProfile: {type: Unconfined}}", "`seccompProfile` cannot be changed"),
        (
            "{seccompProfile: {type: Localhost, localhostProfile: p.json}}",
            "`seccompProfile` cannot be changed"
        ),
        ("{procMount: Unmasked}", "`procMount` cannot be changed"),
    ]

    @Test(arguments: refused)
    func `what would open the host is refused by name before anything runs`(
        context: String,
        message: String
    ) throws {
        for user in SecurityContextTests.users {
            let (run, outcome) = try run(context, "echo ran", as: user)
            #expect(outcome.exitCode == 2, "\(outcome)")
            #expect(outcome.error.contains(message), "\(outcome)")
            #expect(throws: (any Error).self) { try run.log("t", "s") }
        }
    }

    @Test(arguments: users)
    func `capabilities are dropped and added`(user: OrdinaryUser?) throws {
        let none = try status("{capabilities: {drop: [ALL]}}", as: user)
        for set in ["CapInh", "CapPrm", "CapEff", "CapBnd", "CapAmb"] {
            #expect(none[set] == "0000000000000000", "\(set)")
        }
        // CHOWN is number 0, KILL number 5.
        let two = try status("{capabilities: {drop: [ALL], add: [CHOWN, KILL]}}", as: user)
        #expect(two["CapEff"] == "0000000000000021")
        #expect(two["CapBnd"] == "0000000000000021")
        let fewer = try status("{capabilities: {drop: [CHOWN, MKNOD]}}", as: user)
        #expect(fewer["CapEff"] == "00000000a00405fa")
    }

    @Test(arguments: users)
    func `a step without privilege escalation gains nothing by set-uid programs`(
        user: OrdinaryUser?
    ) throws {
        #expect(try status("{allowPrivilegeEscalation: false}", as: user)["NoNewPrivs"] == "1")
        #expect(try status("{allowPrivilegeEscalation: true}", as: user)["NoNewPrivs"] == "0")
        #expect(try status("{}", as: user)["NoNewPrivs"] == "0")
    }

    @Test(arguments: users)
    func `the runtime's profile of system calls is what every step has`(user: OrdinaryUser?) throws
    {
        #expect(try status("{seccompProfile: {type: RuntimeDefault}}", as: user)["Seccomp"] == "2")
        #expect(try status("{}", as: user)["Seccomp"] == "2")
    }

    @Test(arguments: users)
    func `a read-only root leaves the volumes writable`(user: OrdinaryUser?) throws {
        let script = """
            for place in /usr/x /etc/x /var/x /x; do touch $place 2>/dev/null && echo wrote $place; done
            touch /v/x /dev/shm/x && echo volumes
            """
        let (run, outcome) = try run("{readOnlyRootFilesystem: true}", script, as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "s") == "volumes\n")
    }

    @Test(arguments: usersWithIDs)
    func `a step is the user and has the groups that it names`(user: OrdinaryUser?) throws {
        let pod = "{runAsUser: 7, runAsGroup: 8, fsGroup: 9, supplementalGroups: [10]}"
        let script =
            "id -u; id -g; id -G | xargs -n 1 | sort -n | xargs; grep -h Cap[PE] /proc/self/status | sort -u | grep -c 0000000000000000"
        let (own, outcome) = try run(
            "{runAsUser: 1000, runAsGroup: 1001}",
            script,
            pod: pod,
            as: user
        )
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try own.log("t", "s") == "1000\n1001\n9 10 1001\n2\n")
        let (inherited, second) = try run("{}", "id -u; id -g", pod: pod, as: user)
        #expect(second.exitCode == 0, "\(second)")
        #expect(try inherited.log("t", "s") == "7\n8\n")
    }

    @Test(arguments: [
        ("{runAsUser: 1000}", "{}", "runAsUser"), ("{runAsGroup: 1000}", "{}", "runAsGroup"),
        ("{}", "{fsGroup: 1000}", "fsGroup"),
    ])
    func `an ordinary user without ranges is told which id he cannot have`(
        context: String,
        pod: String,
        field: String
    ) throws {
        let (run, outcome) = try run(context, "echo ran", pod: pod, as: .alone)
        #expect(outcome.exitCode == 2, "\(outcome)")
        #expect(
            outcome.error.contains(field) && outcome.error.contains("ordinary user"),
            "\(outcome)"
        )
        #expect(throws: (any Error).self) { try run.log("t", "s") }
    }

    @Test func `what a root step leaves in a bound directory gives nobody power, and is told`()
        throws
    {
        let workspace = try TemporaryDirectory()
        try workspace.write("old", to: "old")
        _ = try Command(["chmod", "4755", workspace.path("old")]).run()
        for _ in 0..<2 { SystemThread.sleep(nanoseconds: 600_000_000) }
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              workspaces: [{name: w, emptyDir: {}}]
              taskSpec:
                workspaces: [{name: w, mountPath: /w}]
                steps:
                - name: s
                  image: bash
                  script: |
                    cp /usr/bin/id /w/id && chmod 4755 /w/id && mknod -m 666 /w/null c 1 3 && cp /usr/bin/id /w/with
                    python3 -c 'import os, struct
                    os.setxattr("/w/with", "security.capability", struct.pack("<5I", 0x02000001, 1 << 21, 0, 0, 0))'
                - name: other
                  image: bash
                  securityContext: {runAsUser: 1000}
                  script: "/w/id -u; echo x > /w/null || echo refused"
            """,
            "-w",
            "w=\(workspace.path)"
        )
        _ = try Command(["chmod", "755", workspace.path]).run()
        let outcome = try run.finish()
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "other").hasPrefix("1000\n"))
        #expect(try run.log("t", "other").hasSuffix("refused\n"))
        #expect(outcome.error.contains("`\(workspace.path("id"))` and 2 more"), "\(outcome)")
    }
}
