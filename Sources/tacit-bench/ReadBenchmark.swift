// SPDX-License-Identifier: Apache-2.0
import Platform

/// Reading a secret, against a FUSE server in C that does the same work; all processes on one CPU.
enum ReadBenchmark {
    private static let pin = ["taskset", "-c", "0"]

    static func run(in workplace: Workplace) throws -> [Figure] {
        let client = try compile("read-client", in: workplace)
        let server = try compile("secretfs-reference", libraries: "fuse3", in: workplace)
        let task = try workplace.write(
            Workload.task(
                steps: ["/workspace/data/read-client /mnt/secrets/value0"],
                hasWorkspace: true
            ),
            to: "reads.yaml"
        )
        let mount = "\(workplace.directory)/reference"
        try Directory.create(mount, permissions: 0o755)
        let length = String(Workload.secret(0).utf8.count)
        let reference = try workplace.start(
            pin + [server, mount, "\(workplace.directory)/reference.log", length]
        )
        defer { _ = try? workplace.run(["umount", "-l", mount]) }
        try workplace.waitForFile("\(mount)/secret")

        var (ours, theirs) = (Samples(), Samples())
        let output = "\(workplace.directory)/reads"
        let command = workplace.running(task) + ["-w", "data=\(workplace.directory)"]
        for _ in 0..<Samples.rounds {
            try workplace.run(pin + command, output: output)
            ours.add(try number(in: workplace.read("reads")))
            try workplace.run(pin + [client, "\(mount)/secret"], output: output)
            theirs.add(try number(in: workplace.read("reads")))
        }
        reference.send(.terminate)
        _ = reference.wait()
        return [
            Figure(
                title: "open, read and close of a secret, one CPU",
                unit: .microseconds,
                measured: ours.median,
                reference: ("C on libfuse3", theirs.median),
                bound: .ratioAtMost(1.15)
            )
        ]
    }

    private static func compile(
        _ name: String,
        libraries: String? = nil,
        in workplace: Workplace
    ) throws -> String {
        let program = "\(workplace.directory)/\(name)"
        let flags = libraries.map { "$(pkg-config --cflags --libs \($0))" } ?? ""
        let source = "Sources/tacit-bench/reference/\(name).c"
        try workplace.run(["sh", "-c", "cc -O2 -o \(program) \(source) \(flags)"])
        return program
    }

    /// The microseconds that the client printed, whatever stands before them.
    private static func number(in text: String) throws -> Double {
        let words = text.split { $0 == " " || $0 == "\n" }
        guard let last = words.last(where: { Double($0) != nil }), let value = Double(last) else {
            throw BenchmarkError("the client printed no number: \(text)")
        }
        return value
    }
}
