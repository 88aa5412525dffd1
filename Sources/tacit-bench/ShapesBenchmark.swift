// SPDX-License-Identifier: Apache-2.0
import Platform

/// `tacit audit leaks --shapes` against kingfisher, on a log with planted credentials and examples of documentation.
enum ShapesBenchmark {
    private static let lineCount = 1_200_000
    private static let rounds = 3

    static func run(in workplace: Workplace) throws -> [Figure] {
        let kingfisher = try install(workplace)
        return try workplace.withMemory { memory in
            let script = "Sources/tacit-bench/reference/credentials.py"
            let log = "\(memory)/log"
            try workplace.run(["python3", script, "make", log, "\(lineCount)"])
            let commands = [
                [workplace.tacit, "audit", "leaks", log, "--shapes", "-o", "json"],
                [kingfisher, "scan", "--no-validate", "--format", "json", log],
            ]
            // Once unmeasured: kingfisher compiles its rules into a cache.
            for command in commands { try workplace.run(command, accepting: Array(0...255)) }
            var rates = [Samples(), Samples()]
            var scores: [(found: Double, false: Double)] = []
            for round in 0..<rounds {
                for (place, command) in commands.enumerated() {
                    let report = "\(memory)/report"
                    let seconds = try workplace.run(
                        command,
                        output: report,
                        accepting: Array(0...255)
                    ).seconds
                    let byteCount = try FileStatus(of: log).byteCount
                    rates[place].add(Double(byteCount) / 1_000_000 / seconds)
                    if round > 0 { continue }
                    try workplace.run(
                        ["python3", script, "score", log, report],
                        output: "\(workplace.directory)/score"
                    )
                    let numbers = try workplace.read("score").split { $0.isWhitespace }
                    scores.append((Double(numbers[0]) ?? 0, Double(numbers[1]) ?? 0))
                }
            }
            return figures(rates.map(\.median), scores)
        }
    }

    private static func figures(
        _ rates: [Double],
        _ scores: [(found: Double, false: Double)]
    ) -> [Figure] {
        [
            Figure(
                title: "audit leaks --shapes, one log of 150 MB",
                unit: .megabytesPerSecond,
                measured: rates[0],
                reference: ("kingfisher", rates[1]),
                bound: .ratioAtLeast(1)
            ),
            Figure(
                title: "of 300 planted credentials, those found",
                unit: .count,
                measured: scores[0].found,
                reference: ("kingfisher", scores[1].found),
                bound: .ratioAtLeast(1)
            ),
            Figure(
                title: "false reports, kingfisher's: \(Int(scores[1].false))",
                unit: .count,
                measured: scores[0].false,
                bound: .below(scores[1].false + 1)
            ),
        ]
    }

    /// Puts kingfisher into a Python environment below the directory.
    private static func install(_ workplace: Workplace) throws -> String {
        let environment = "\(workplace.directory)/kingfisher"
        if (try? FileDescriptor.open("\(environment)/bin/kingfisher")) == nil {
            try workplace.run(["python3", "-m", "venv", environment])
            try workplace.run(["\(environment)/bin/pip", "install", "-q", "kingfisher-bin==2.14.0"])
        }
        return "\(environment)/bin/kingfisher"
    }
}
