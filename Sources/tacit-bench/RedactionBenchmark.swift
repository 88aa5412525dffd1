// SPDX-License-Identifier: Apache-2.0
import Platform

/// The redactor's rate per second of processor time, against reading, copying and writing the same bytes.
enum RedactionBenchmark {
    private static let byteCount = 128 << 20
    private static let rounds = 5

    private struct Set {
        var title: String
        var count: Int
        var forms: RedactionWorker.Forms
        /// For the clean log, the one with secrets, the near misses.
        var targets: [Double]
    }

    private static let sets = [
        Set(title: "100 secrets raw", count: 100, forms: .raw, targets: [0.48, 0.45, 0.10]),
        Set(title: "100 secrets, all forms", count: 100, forms: .all, targets: [0.33, 0.30, 0.05]),
        Set(title: "1,000 secrets x 8", count: 1000, forms: .eight, targets: [0.15, 0.15, 0.035]),
    ]

    static func run(in workplace: Workplace) throws -> [Figure] {
        try workplace.withMemory { memory in
            let inputs = RedactionInputs(workplace: workplace, memory: memory)
            var figures: [Figure] = []
            for set in sets {
                let (path, values) = try inputs.values(set.count)
                for (log, target) in zip(RedactionInputs.Log.allCases, set.targets) {
                    let input = try inputs.log(log, values, byteCount: byteCount)
                    let (ours, theirs) = try rates(
                        workplace,
                        ["redact", path, set.forms.rawValue],
                        input
                    )
                    figures.append(
                        Figure(
                            title: "\(set.title), \(log.rawValue)",
                            unit: .megabytesPerSecond,
                            measured: ours,
                            reference: ("read+memcpy+write", theirs),
                            bound: .ratioAtLeast(target)
                        )
                    )
                }
                if set.count == 1000 { figures += try start(workplace, path, set.forms) }
            }
            return figures + (try rivals(workplace, inputs))
        }
    }

    /// Megabytes per second of processor time, what an empty input costs taken off.
    private static func rates(
        _ workplace: Workplace,
        _ worker: [String],
        _ input: String
    ) throws -> (ours: Double, theirs: Double) {
        let program = try workplace.worker
        var (ours, theirs) = (Samples(), Samples())
        func seconds(_ arguments: [String]) throws -> Double {
            func time(_ input: String) throws -> Double {
                try workplace.run(program + arguments + [input]).end.processorTime / .seconds(1)
            }
            return max(try time(input) - time("/dev/null"), 0.001)
        }
        for _ in 0..<rounds {
            ours.add(Double(byteCount) / 1_000_000 / (try seconds(worker)))
            theirs.add(Double(byteCount) / 1_000_000 / (try seconds(["copy"])))
        }
        return (ours.median, theirs.median)
    }

    private static func start(
        _ workplace: Workplace,
        _ values: String,
        _ forms: RedactionWorker.Forms
    ) throws -> [Figure] {
        let command = try workplace.worker + ["redact", values, forms.rawValue, "/dev/null"]
        var (time, peak) = (Samples(), Samples())
        for _ in 0..<rounds {
            time.add(try workplace.run(command).seconds * 1000)
            try workplace.run(
                try workplace.worker + ["peak", values, forms.rawValue],
                output: "\(workplace.directory)/peak"
            )
            let kilobytes = try workplace.read("peak").split { $0.isWhitespace }.first
            peak.add((kilobytes.flatMap { Double($0) } ?? .infinity) * 1024 / 1_000_000)
        }
        return [
            Figure(
                title: "1,000 secrets x 8, start-up with an empty input",
                unit: .milliseconds,
                measured: time.median,
                bound: .below(20)
            ),
            Figure(
                title: "1,000 secrets x 8, peak memory",
                unit: .megabytes,
                measured: peak.median,
                bound: .below(20)
            ),
        ]
    }

    /// Programs that replace or find fixed texts, on the same needles; wall time, for they too are alone.
    private static func rivals(
        _ workplace: Workplace,
        _ inputs: RedactionInputs
    ) throws -> [Figure] {
        let (path, values) = try inputs.values(100)
        let needles = "\(inputs.memory)/needles"
        try workplace.run(
            try workplace.worker + ["needles", path, RedactionWorker.Forms.all.rawValue],
            output: needles
        )
        let script = "\(inputs.memory)/script"
        try workplace.run(
            ["sed", "s/[\\\\/.*^$[]/\\\\&/g; s/.*/s\\/&\\/[REDACTED]\\/g/", needles],
            output: script
        )
        let rivals: [(name: String, command: [String], byteCount: Int)] = [
            (
                "ripgrep", ["rg", "-a", "-F", "--passthru", "-r", "[REDACTED]", "-f", needles],
                64 << 20
            ),
            ("sed", ["sed", "-f", script], 1 << 20),
            ("grep", ["grep", "-a", "-F", "-f", needles], 32 << 20),
        ]
        return try rivals.map { rival in
            let input = try inputs.log(.some, values, byteCount: rival.byteCount)
            func rate(_ command: [String], _ count: Int) throws -> Double {
                // grep stops at the first match where it writes to /dev/null.
                let time = try workplace.run(
                    command,
                    output: "\(inputs.memory)/output",
                    accepting: [0, 1]
                ).end.processorTime
                return Double(count) / 1_000_000 / (time / .seconds(1))
            }
            let theirs = try rate(rival.command + [input], rival.byteCount)
            let larger = try inputs.log(.some, values, byteCount: byteCount)
            let ours = try rate(try workplace.worker + ["redact", path, "all", larger], byteCount)
            return Figure(
                title: "100 secrets, all forms, \(RedactionInputs.Log.some.rawValue)",
                unit: .megabytesPerSecond,
                measured: ours,
                reference: (rival.name, theirs),
                bound: .ratioAtLeast(5)
            )
        }
    }
}
