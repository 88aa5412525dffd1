// SPDX-License-Identifier: Apache-2.0
import Platform

/// `tacit audit leaks` over a gibibyte of logs, against `grep` counting lines with the same needles.
enum LeakAuditBenchmark {
    private static let byteCount = 1 << 30
    /// What grep is given: its rate does not depend on how much there is.
    private static let grepByteCount = 128 << 20
    private static let rounds = 3

    static func run(in workplace: Workplace) throws -> [Figure] {
        try workplace.withMemory { memory in
            let inputs = RedactionInputs(workplace: workplace, memory: memory)
            let (path, values) = try inputs.values(100)
            let secrets = values.enumerated().map { place, value in
                "secret-\(place)='\(String(decoding: value, as: UTF8.self))'\n"
            }
            let file = try workplace.write(secrets.joined(), to: "secrets.env")
            let needles = "\(memory)/needles"
            try workplace.run(try workplace.worker + ["needles", path, "all"], output: needles)
            var (ours, theirs) = (Samples(), Samples())
            for _ in 0..<rounds {
                let small = try inputs.log(.some, values, byteCount: grepByteCount)
                let grep = try workplace.run(
                    ["grep", "-a", "-F", "-c", "-f", needles, small],
                    // It stops at the first match where it writes to /dev/null.
                    output: "\(memory)/count",
                    accepting: [0, 1]
                )
                theirs.add(Double(grepByteCount) / 1_000_000 / grep.seconds)
                let log = try inputs.log(.some, values, byteCount: byteCount)
                let audit = try workplace.run(
                    [workplace.tacit, "audit", "leaks", log, "--secrets", file, "-o", "json"],
                    accepting: [1]
                )
                ours.add(Double(byteCount) / 1_000_000 / audit.seconds)
            }
            return [
                Figure(
                    title: "audit leaks, 1 GiB of logs, 100 secrets in all forms, folded view on",
                    unit: .megabytesPerSecond,
                    measured: ours.median,
                    reference: ("grep -F -c -f", theirs.median),
                    bound: .ratioAtLeast(3)
                )
            ]
        }
    }
}
