// SPDX-License-Identifier: Apache-2.0
import Platform

/// What a step's world costs an ordinary user, and with a network of the task's own.
///
/// Besides: that many runs, half of them killed, leave nothing, and that runs side by side all pass. Needs root.
enum WorldBenchmark {
    private static let steps = 100
    private static let runs = 200
    private static let parallel = 8

    static func run(in workplace: Workplace) throws -> [Figure] {
        let directory = "/tmp/tacit-test-0be"
        try Directory.create(directory, permissions: 0o755)
        defer { _ = try? workplace.run(["rm", "-rf", directory]) }
        let one = try write(task(["true"]), to: "\(directory)/one.yaml")
        let many = try write(
            task(Array(repeating: "true", count: steps + 1)),
            to: "\(directory)/many.yaml"
        )
        let user = [
            "env", "TACIT_BINARY=\(workplace.tacit)", "TACIT_STATE_DIR=\(directory)/state",
            "TACIT_CACHE_DIR=\(directory)/cache", "XDG_CONFIG_HOME=\(directory)/config",
            "Tests/as-ordinary-user", "run",
        ]
        let kinds: [(title: String, command: [String], bound: Double)] = [
            ("of root", [workplace.tacit, "run"], 3),
            ("with `--network private`", [workplace.tacit, "run", "--network", "private"], 3),
            ("of an ordinary user", user, 5),
        ]
        var figures: [Figure] = []
        for kind in kinds {
            var samples = Samples()
            for _ in 0..<Samples.rounds {
                let first = try workplace.run(kind.command + [one]).seconds
                let all = try workplace.run(kind.command + [many]).seconds
                samples.add((all - first) * 1000 / Double(steps))
            }
            figures.append(
                Figure(
                    title: "wall time of each further `true` step \(kind.title)",
                    unit: .milliseconds,
                    measured: samples.median,
                    bound: .below(kind.bound)
                )
            )
        }
        return figures + [try killedRuns(in: workplace), try parallelRuns(in: workplace)]
    }

    private static func task(_ scripts: [String]) -> String {
        let steps = scripts.map {
            "  - {image: busybox, command: [sh, -c, '\($0.replacing("'", with: "''"))']}"
        }
        return """
            apiVersion: tekton.dev/v1
            kind: Task
            metadata: {name: bench}
            spec:
              steps:
            \(steps.joined(separator: "\n"))
            """
    }

    private static func write(_ text: String, to path: String) throws -> String {
        try FileDescriptor.open(path, [.writeOnly, .create, .truncate], permissions: 0o644).write(
            text
        )
        return path
    }

    /// Mounts, processes and control groups, of the whole machine.
    private static func remains(in workplace: Workplace) throws -> Double {
        let script = """
            (cat /proc/self/mountinfo | grep -E 'tacit|fuse'; find /sys/fs/cgroup -name 'tacit-[0-9]*'
             cat /proc/[0-9]*/comm 2>/dev/null | grep -E '^(tacit-|slirp4netns)'; ls /dev/shm
             ls -d /tmp/tacit* 2>/dev/null) | wc -l > "$0"
            """
        try workplace.run(["sh", "-c", script, "\(workplace.directory)/remains"])
        let text = try workplace.read("remains").split(separator: "\n").first.map(String.init) ?? ""
        return Double(text) ?? .infinity
    }

    private static func killedRuns(in workplace: Workplace) throws -> Figure {
        let file = try workplace.write(
            task(["(setsid sleep 60 &); sleep 0.02", "true"]),
            to: "killed.yaml"
        )
        let before = try remains(in: workplace)
        for number in 0..<runs {
            let child = try workplace.start([workplace.tacit, "run", file, "--network", "private"])
            if number % 2 == 0 {
                SystemThread.sleep(nanoseconds: number * 1_000_000 % 200_000_000)
                child.send(.kill)
            }
            _ = child.wait()
        }
        // The last of them may be half a second in dying.
        SystemThread.sleep(nanoseconds: 900_000_000)
        try workplace.run([workplace.tacit, "run", file])
        return Figure(
            title: "mounts, processes, groups and files left by \(runs) runs, half of them killed",
            unit: .count,
            measured: try remains(in: workplace) - before,
            bound: .below(1)
        )
    }

    private static func parallelRuns(in workplace: Workplace) throws -> Figure {
        var files: [String] = []
        for number in 0..<parallel {
            files.append(
                try workplace.write(
                    task([
                        "echo \(number) > /tekton/home/own; sleep 0.3; test $(cat /tekton/home/own) = \(number)",
                        "test $(ls -A /tekton/home | wc -w) = 1 && test $(ls -A /workspace /tmp | grep -c own) = 0",
                    ]),
                    to: "parallel-\(number).yaml"
                )
            )
        }
        let script = """
            tacit=$1; shift; pids=; failed=0
            for file; do "$tacit" run "$file" & pids="$pids $!"; done
            for pid in $pids; do wait $pid || failed=$((failed + 1)); done
            exit $failed
            """
        let end = try workplace.run(
            ["sh", "-c", script, "sh", workplace.tacit] + files,
            accepting: Array(0...Int32(parallel))
        ).end
        let failed = (0...Int32(parallel)).first { end.reason == .exited($0) } ?? 0
        return Figure(
            title: "failures among \(parallel) runs at once",
            unit: .count,
            measured: Double(failed),
            bound: .below(1)
        )
    }
}
