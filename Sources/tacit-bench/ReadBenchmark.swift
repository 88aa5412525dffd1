// SPDX-License-Identifier: Apache-2.0
import Platform

/// Reading a secret, against a FUSE server in C that does the same work.
///
/// One step reads from both in turn, so that the client is confined alike; all processes share one CPU.
enum ReadBenchmark {
    static func run(in workplace: Workplace) throws -> [Figure] {
        let clients = "\(workplace.directory)/clients"
        try Directory.create(clients, permissions: 0o755)
        try compile("read-client", to: clients, in: workplace)
        let server = try compile(
            "secretfs-reference",
            libraries: "fuse3",
            to: workplace.directory,
            in: workplace
        )
        let mount = "\(workplace.directory)/reference"
        try Directory.create(mount, permissions: 0o755)
        let length = String(Workload.secret(0).utf8.count)
        let pin = ["taskset", "-c", "0"]
        let reference = try workplace.start(
            pin + [server, mount, "\(workplace.directory)/reference.log", length]
        )
        defer { _ = try? workplace.run(["umount", "-l", mount]) }
        try workplace.waitForFile("\(mount)/secret")

        let once = ["/mnt/secrets/value0", "/workspace/reference/secret"]
            .map { "/workspace/data/read-client \($0)" }.joined(separator: " && ")
        let script = "for i in $(seq \(Samples.rounds)); do \(once) || exit; done"
        let task = try workplace.write(
            Workload.task(steps: ["\"\(script)\""], workspaces: ["data", "reference"]),
            to: "reads.yaml"
        )
        let bindings = ["-w", "data=\(clients)", "-w", "reference=\(mount)"]
        let output = "\(workplace.directory)/reads"
        try workplace.run(pin + workplace.running(task) + bindings, output: output)
        reference.send(.terminate)
        _ = reference.wait()
        let readers = try ReadersBenchmark.run(server: server, clients: clients, in: workplace)

        var (ours, theirs) = (Samples(), Samples())
        for (index, number) in try numbers(in: workplace.read("reads")).enumerated() {
            if index.isMultiple(of: 2) { ours.add(number) } else { theirs.add(number) }
        }
        // The record and its chain are part of every read, and of neither of the reference's.
        let figures = [1.15, 1.5].map { bound in
            Figure(
                title:
                    "open, read and close of a secret, one CPU; recorded and chained, against neither",
                unit: .microseconds,
                measured: ours.median,
                reference: ("C on libfuse3", theirs.median),
                bound: .ratioAtMost(bound)
            )
        }
        return figures + [readers]
    }

    @discardableResult
    private static func compile(
        _ name: String,
        libraries: String? = nil,
        to directory: String,
        in workplace: Workplace
    ) throws -> String {
        let program = "\(directory)/\(name)"
        let flags = libraries.map { "$(pkg-config --cflags --libs \($0))" } ?? ""
        let source = "Sources/tacit-bench/reference/\(name).c"
        try workplace.run(["sh", "-c", "cc -O2 -o \(program) \(source) \(flags)"])
        return program
    }

    /// The microseconds that each run of the client printed, whatever stands before them.
    private static func numbers(in text: String) throws -> [Double] {
        let numbers = text.split(separator: "\n").compactMap { line in
            line.split(separator: " ").last.flatMap { Double($0) }
        }
        if numbers.count == 2 * Samples.rounds { return numbers }
        throw BenchmarkError("the client did not print \(2 * Samples.rounds) numbers: \(text)")
    }
}
