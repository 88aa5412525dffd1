// SPDX-License-Identifier: Apache-2.0
import Platform

/// A gibibyte of step output through the redactor into a log file, against a pipe between two `cat`.
enum OutputBenchmark {
    private static let byteCount = 1 << 30

    static func run(in workplace: Workplace) throws -> [Figure] {
        let memory = "\(workplace.directory)/tmpfs"
        try Directory.create(memory, permissions: 0o755)
        try workplace.run(["mount", "-t", "tmpfs", "-o", "size=3g", "tmpfs", memory])
        defer { _ = try? workplace.run(["umount", "-l", memory]) }
        try fill("\(memory)/log")
        let task = try workplace.write(
            Workload.task(steps: ["cat /workspace/data/log"], workspaces: ["data"]),
            to: "output.yaml"
        )
        let command =
            workplace.running(task) + ["-w", "data=\(memory)", "--log-dir", "\(memory)/logs"]
        let reference = ["sh", "-c", "cat \(memory)/log | cat >\(memory)/copy"]
        var (ours, theirs, peak) = (Samples(), Samples(), Samples())
        for _ in 0..<Samples.rounds {
            let outcome = try workplace.run(command)
            ours.add(Double(byteCount) / outcome.seconds / 1_000_000)
            peak.add(Double(outcome.end.peakMemory) / 1_000_000)
            try workplace.run(["rm", "-r", "\(memory)/logs"])
            theirs.add(Double(byteCount) / (try workplace.run(reference).seconds) / 1_000_000)
            try workplace.run(["rm", "\(memory)/copy"])
        }
        return [
            Figure(
                title: "1 GiB of step output, 10 secrets, into a log on tmpfs",
                unit: .megabytesPerSecond,
                measured: ours.median,
                reference: ("cat f | cat > out", theirs.median),
                bound: .ratioAtLeast(0.5)
            ),
            Figure(
                title: "peak memory of its largest process",
                unit: .megabytes,
                measured: peak.median,
                bound: .below(64)
            ),
        ]
    }

    /// Lines as a build prints them, one in a thousand with a secret in it.
    private static func fill(_ path: String) throws {
        var block: [UInt8] = []
        for line in 0..<4000 {
            let tail =
                line % 1000 == 999 ? Workload.secret(line / 1000) : "-O2 -Wall -Wextra -o objects"
            block += Array(
                "[\(line)] compiling Sources/module\(line % 37)/file\(line).c \(tail)\n".utf8
            )
        }
        let file = try FileDescriptor.open(path, [.writeOnly, .create], permissions: 0o644)
        var left = byteCount
        while left > 0 {
            let count = min(left, block.count)
            try file.write(Array(block[..<count]))
            left -= count
        }
    }
}
