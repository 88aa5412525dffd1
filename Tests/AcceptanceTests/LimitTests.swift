// SPDX-License-Identifier: Apache-2.0
import Platform
import TestSupport
import Testing

/// What one step takes must not be missed by the others or by the host.
@Suite("Limits", .serialized, .enabled(if: OrdinaryUser.isPossible, "needs root"))
struct LimitTests {
    private static let users: [OrdinaryUser?] = [nil, .withRanges]

    private func run(
        _ script: String,
        sizes: String,
        as user: OrdinaryUser? = nil,
        more: String = ""
    ) throws -> (run: Run, outcome: CommandOutcome) {
        let run = try Run(
            """
            apiVersion: tekton.dev/v1
            kind: TaskRun
            metadata: {name: t}
            spec:
              taskSpec:
                steps:
                - name: s
                  image: bash
                  env: [{name: M, value: MARKER}]
                  onError: continue
                  script: |
            \(script.split(separator: "\n").map { "        \($0)" }.joined(separator: "\n"))
                - {name: after, image: bash, script: "echo fine"}
            \(more)
            """
        )
        try run.directory.write("sizes: {\(sizes)}", to: "config/tacit/config.yaml")
        var command = run.command
        command.environment?["XDG_CONFIG_HOME"] = run.directory.path("config")
        let outcome = try (user?.runs(command) ?? command).run(limit: .seconds(50))
        return (run, outcome)
    }

    @Test(arguments: users)
    func `a step that takes more memory than there may be is killed, and the next one runs`(
        user: OrdinaryUser?
    ) throws {
        let script = "python3 -c 'b = bytearray(400 << 20); print(len(b))' && echo got it"
        let (run, outcome) = try run(script, sizes: "memory: 128Mi", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try !run.log("t", "s").contains("got it"))
        #expect(try run.log("t", "after") == "fine\n")
    }

    @Test(arguments: users)
    func `a fork bomb ends with its step`(user: OrdinaryUser?) throws {
        let script = """
            f() { f | f & }
            timeout 3 bash -c 'f() { f | f & }; f; sleep 2' 2>/dev/null
            exit 0
            """
        let (run, outcome) = try run(script, sizes: "processes: 200", as: user)
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "after") == "fine\n")
        #expect(run.processes() == [])
    }

    @Test func `a step whose root is full is told so`() throws {
        let script = """
            dd if=/dev/zero of=/var/big bs=1M count=64 2>&1 | grep -o 'No space left on device'
            rm -f /var/big; echo still here > /etc/x && cat /etc/x
            """
        let (run, outcome) = try run(script, sizes: "stepRoot: 16Mi")
        #expect(outcome.exitCode == 0, "\(outcome)")
        #expect(try run.log("t", "s") == "No space left on device\nstill here\n")
    }

    @Test func `a log that grows beyond its size ends the run, by name`() throws {
        let (_, outcome) = try run("yes", sizes: "log: 1Mi")
        #expect(outcome.exitCode == 1, "\(outcome.error.suffix(2000))")
        #expect(outcome.error.contains("s.log"), "\(outcome.error.suffix(2000))")
        #expect(outcome.error.contains("sizes.log"), "\(outcome.error.suffix(2000))")
    }

    @Test func `two runs in one directory are refused, with who holds it`() throws {
        let directory = try TemporaryDirectory()
        let yaml = """
            apiVersion: tekton.dev/v1
            kind: Task
            metadata: {name: t}
            spec:
              workspaces: [{name: w}]
              steps: [{name: s, image: bash, env: [{name: M, value: MARKER}], script: sleep 600}]
            """
        let first = try Run(yaml, "-w", "w=\(directory.path)")
        let running = try first.command.start()
        for _ in 0..<1000 where first.processes().isEmpty {
            SystemThread.sleep(nanoseconds: 10_000_000)
        }
        let second = try Run(yaml, "-w", "w=\(directory.path)/../\(directory.path.dropFirst(5))")
        let refused = try second.command.run()
        #expect(refused.exitCode == 4, "\(refused)")
        #expect(refused.error.contains("(process \(running.identifier))"), "\(refused)")
        running.send(.kill)
        _ = running.finish()
        let third = try Run(
            yaml.replacing("sleep 600", with: "'true'"),
            "-w",
            "w=\(directory.path)"
        )
        #expect(try third.finish().exitCode == 0)
    }

    @Test func `nothing of control groups is left`() throws {
        /// Those beside this process's own; who is in another group sweeps there.
        func groups() throws -> [String] {
            let own = String(
                decoding: try FileDescriptor.open("/proc/self/cgroup").readToEnd(),
                as: UTF8.self
            )
            let parents = own.split(separator: "\n").flatMap { line -> [String] in
                let fields = line.split(
                    separator: ":",
                    maxSplits: 2,
                    omittingEmptySubsequences: false
                )
                let controller = fields[1].isEmpty ? "unified" : "\(fields[1])"
                return ["/sys/fs/cgroup/\(controller)\(fields[2])", "/sys/fs/cgroup\(fields[2])"]
            }
            return parents.flatMap { (try? Directory.names(in: $0)) ?? [] }
                .filter { $0.hasPrefix("tacit-") && $0.dropFirst(6).first?.isNumber == true }
        }
        let (_, outcome) = try run("cat /proc/self/cgroup", sizes: "processes: 300")
        #expect(outcome.exitCode == 0)
        let before = try groups()
        let pids = before.compactMap { Int($0.split(separator: "-").last ?? "") }
        // Those that are there are of launchers that live: of tests beside this one.
        for pid in pids { #expect((try? FileStatus(of: "/proc/\(pid)")) != nil) }
    }
}
