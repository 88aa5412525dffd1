// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// The runner, its launcher or a step's init dies at each event of a run; the host is afterwards as before.
@Suite("Kill points", .serialized, .enabled(if: OrdinaryUser.isPossible, "needs root"))
struct KillPointTests {
    enum Victim: String, CaseIterable, Sendable {
        case runner, launcher, initProcess
    }

    static let cases: [(victim: Victim, user: OrdinaryUser?)] = Victim.allCases.flatMap { victim in
        [(victim, nil), (victim, OrdinaryUser.withRanges)]
    }

    private static let canary = "kanarienvogel-6b1f0d77a2"

    private func makeRun() throws -> Run {
        try Run(
            """
            apiVersion: v1
            kind: Secret
            metadata: {name: creds}
            stringData: {token: \(KillPointTests.canary)}
            ---
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                volumes: [{name: s, secret: {secretName: creds}}]
                stepTemplate:
                  env: [{name: M, value: MARKER}]
                  volumeMounts: [{name: s, mountPath: /mnt/secrets}]
                steps:
                - name: a
                  image: bash
                  script: |
                    cat /mnt/secrets/token > /dev/null
                    (setsid bash -c 'trap "" TERM HUP; sleep 600' &) ; (setsid sleep 601 & disown) &
                    sleep 0.05
                - {name: b, image: bash, script: "cat /mnt/secrets/token >/dev/null; sleep 0.05"}
            """,
            "-o",
            "events",
            "--network",
            "private"
        )
    }

    /// What of a machine must not grow.
    private struct Machine: Equatable {
        var mounts: [String]
        var controlGroups: [String]
        var devices: [String]

        init() throws {
            let text = try FileDescriptor.open("/proc/self/mountinfo").readToEnd()
            mounts = String(decoding: text, as: UTF8.self).split(separator: "\n").map(String.init)
                .filter { $0.contains("tacit") || $0.contains("fuse.") }
            let groups = try Command(["find", "/sys/fs/cgroup", "-name", "tacit-[0-9]*"]).run()
            controlGroups = groups.output.split(separator: "\n").map(String.init).filter { path in
                // Those of launchers that live are other tests'.
                (try? FileStatus(of: "/proc/\(path.split(separator: "-").last ?? "")")) == nil
            }
            devices = try Directory.names(in: "/dev/shm").sorted()
        }
    }

    /// The processes below one, it included, with the times that they started at.
    private func family(of process: Int32) throws -> [(pid: Int32, started: String, name: String)] {
        var parents: [Int32: (parent: Int32, started: String, name: String)] = [:]
        for name in try Directory.names(in: "/proc") {
            guard let pid = Int32(name),
                let bytes = try? FileDescriptor.open("/proc/\(pid)/stat").readToEnd()
            else { continue }
            let text = String(decoding: bytes, as: UTF8.self)
            guard let end = text.lastIndex(of: ")"), let begin = text.firstIndex(of: "(") else {
                continue
            }
            let fields = text[text.index(after: end)...].split(separator: " ")
            let command = String(text[text.index(after: begin)..<end])
            if fields.count > 19, let parent = Int32(fields[1]) {
                parents[pid] = (parent, String(fields[19]), command)
            }
        }
        var found = [process]
        var next = 0
        while next < found.count {
            found += parents.filter { $0.value.parent == found[next] }.map(\.key)
            next += 1
        }
        return found.compactMap { pid in parents[pid].map { (pid, $0.started, $0.name) } }
    }

    private func isAlive(_ process: (pid: Int32, started: String, name: String)) -> Bool {
        guard let bytes = try? FileDescriptor.open("/proc/\(process.pid)/stat").readToEnd() else {
            return false
        }
        let text = String(decoding: bytes, as: UTF8.self)
        guard let end = text.lastIndex(of: ")") else { return false }
        let fields = text[text.index(after: end)...].split(separator: " ")
        return fields.count > 19 && fields[19] == process.started && fields[0] != "Z"
    }

    @Test(arguments: cases)
    func `whoever dies at whichever event, nothing is left`(
        victim: Victim,
        user: OrdinaryUser?
    ) throws {
        // What others left whose removal was made to fail goes with the next run.
        let first = try makeRun()
        #expect(try (user?.runs(first.command) ?? first.command).run().exitCode == 0)
        let before = try Machine()
        var number = 1
        var killed = 0
        while true {
            let run = try makeRun()
            let running = try (user?.runs(run.command) ?? run.command).start()
            for _ in 0..<20000 {
                let lines = running.output.utf8.count { $0 == 10 }
                if lines >= number || !isRunning(running) { break }
                SystemThread.sleep(nanoseconds: 500_000)
            }
            let family = try family(of: running.identifier)
            let wanted = ["launcher": "tacit-launcher", "initProcess": "tacit-init"][
                victim.rawValue
            ]
            let chosen = family.first {
                wanted == nil ? $0.pid == running.identifier : $0.name == wanted
            }
            if let chosen {
                let isHit = try Command(["kill", "-9", "\(chosen.pid)"]).run().exitCode == 0
                killed += isHit ? 1 : 0
            }
            let outcome = running.finish(limit: .seconds(20))
            let hasEnded = outcome.output.utf8.count { $0 == 10 } < number || number > 40
            var left = family.filter(isAlive)
            for _ in 0..<400 where !left.isEmpty || !run.processes().isEmpty {
                SystemThread.sleep(nanoseconds: 10_000_000)
                left = family.filter(isAlive)
            }
            #expect(left.map(\.name) == [], "\(victim) at event \(number)")
            #expect(run.processes() == [], "\(victim) at event \(number)")
            #expect(try run.leaks(of: KillPointTests.canary, in: outcome) == [])
            // Stale groups of a launcher that was killed go with the next run, which is this test's next.
            if hasEnded { break }
            number += 1
        }
        #expect(number > 5, "the run has events")
        #expect(killed >= 3, "the victim was there")
        let last = try makeRun()
        #expect(try (user?.runs(last.command) ?? last.command).run().exitCode == 0)
        #expect(try Machine() == before)
    }

    private func isRunning(_ command: borrowing RunningCommand) -> Bool {
        guard let bytes = try? FileDescriptor.open("/proc/\(command.identifier)/stat").readToEnd()
        else {
            return false
        }
        return !String(decoding: bytes, as: UTF8.self).contains(") Z ")
    }
}
