// SPDX-License-Identifier: Apache-2.0
import Platform

/// Eight readers at once, against the same FUSE server in C, and whether every open is on record.
enum ReadersBenchmark {
    private static let readers = 8
    private static let rounds = 5
    /// What one run of the client does.
    private static let opensOfClient = 5020

    /// Nothing is pinned.
    ///
    /// - Parameters:
    ///   - server: the reference's program.
    ///   - directory: where the client is.
    ///   - workplace: where it runs.
    /// - Returns: the opens in a second.
    /// - Throws: when a program fails, or an open is not on record.
    static func run(
        server: String,
        clients directory: String,
        in workplace: Workplace
    ) throws -> Figure {
        let mount = "\(workplace.directory)/readers-reference"
        try Directory.create(mount, permissions: 0o755)
        let length = String(Workload.secret(0).utf8.count)
        let log = "\(workplace.directory)/readers-reference.log"
        let reference = try workplace.start([server, mount, log, length])
        defer { _ = try? workplace.run(["umount", "-l", mount]) }
        try workplace.waitForFile("\(mount)/secret")
        let bindings = ["-w", "data=\(directory)", "-w", "reference=\(mount)"]
        let figure = try measure(bindings, in: workplace)
        reference.send(.terminate)
        _ = reference.wait()
        return figure
    }

    private static func measure(
        _ bindings: [String],
        in workplace: Workplace
    ) throws -> Figure {
        let clients =
            "for r in $(seq \(readers)); do /workspace/data/read-client $1 >/dev/null & done"
        let timed = "timed() { s=$(date +%s%N); \(clients); wait; echo $s $(date +%s%N); }"
        let once = "timed /mnt/secrets/value0; timed /workspace/reference/secret"
        let script = "\(timed); for i in $(seq \(rounds)); do \(once); done"
        let task = try workplace.write(
            Workload.task(steps: ["\"\(script)\""], workspaces: ["data", "reference"]),
            to: "readers.yaml"
        )
        let output = "\(workplace.directory)/readers"
        let before = try recordedOpens(in: workplace)
        try workplace.run(workplace.running(task) + bindings, output: output)
        let recorded = try recordedOpens(in: workplace) - before
        let opens = readers * opensOfClient
        if recorded != rounds * opens {
            throw BenchmarkError("of \(rounds * opens) opens \(recorded) are on record")
        }
        var (ours, theirs) = (Samples(), Samples())
        for (index, line) in try workplace.read("readers").split(separator: "\n").enumerated() {
            let times = line.split(separator: " ").suffix(2).compactMap { Double($0) }
            if times.count != 2 {
                throw BenchmarkError("`\(line)` does not say when it began and ended")
            }
            let rate = Double(opens) / (times[1] - times[0]) * 1e9
            if index.isMultiple(of: 2) { ours.add(rate) } else { theirs.add(rate) }
        }
        return Figure(
            title: "\(readers) readers of a secret; every open on record",
            unit: .perSecond,
            measured: ours.median,
            reference: ("C on libfuse3", theirs.median),
            bound: .ratioAtLeast(0.7)
        )
    }

    private static func recordedOpens(in workplace: Workplace) throws -> Int {
        let runs = "\(workplace.directory)/state/tacit/runs"
        return try Directory.names(in: runs).reduce(0) { sum, run in
            let output = "\(workplace.directory)/count"
            let search = "grep -c secret.accessed \(runs)/\(run)/events.jsonl || true"
            try workplace.run(["sh", "-c", search], output: output)
            let count = try workplace.read("count").split(separator: "\n").first.flatMap { Int($0) }
            return sum + (count ?? 0)
        }
    }
}
