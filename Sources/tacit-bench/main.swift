// SPDX-License-Identifier: Apache-2.0
// tacit-bench TACIT DIRECTORY [NAME...]: measures the built `tacit` from outside, each figure against a
// reference that runs in turn with it, and prints one table. It changes nothing outside DIRECTORY. Names:
// start, steps, worlds, act, output, reads, store, redaction, delay, audit, shapes, slow, differential,
// validate, git, pipelines; all of them where none is given.
import Platform

let benchmarks: [(name: String, run: (Workplace) throws -> [Figure])] = [
    ("start", StartBenchmark.run(in:)),
    ("steps", StepBenchmark.run(in:)),
    ("worlds", WorldBenchmark.run(in:)),
    ("act", ActBenchmark.run(in:)),
    ("output", OutputBenchmark.run(in:)),
    ("reads", ReadBenchmark.run(in:)),
    ("store", StoreBenchmark.run(in:)),
    ("redaction", RedactionBenchmark.run(in:)),
    ("delay", DelayBenchmark.run(in:)),
    ("audit", LeakAuditBenchmark.run(in:)),
    ("shapes", ShapesBenchmark.run(in:)),
    ("slow", SlowInputBenchmark.run(in:)),
    ("differential", DifferentialBenchmark.run(in:)),
    ("validate", ValidateBenchmark.run(in:)),
    ("git", GitBenchmark.run(in:)),
    ("pipelines", PipelineBenchmark.run(in:)),
]

let arguments = CommandLine.arguments
if arguments.count > 2, arguments[1] == "--worker" {
    try RedactionWorker.run(Array(arguments.dropFirst(2)))
    CurrentProcess.end(code: 0)
}
let names = arguments.dropFirst(3)
let output = FileDescriptor(owning: 1)
let errors = FileDescriptor(owning: 2)
guard arguments.count >= 3, names.allSatisfy({ name in benchmarks.contains { $0.name == name } })
else {
    let known = benchmarks.map(\.name).joined(separator: " | ")
    try errors.write("usage: tacit-bench TACIT DIRECTORY [\(known)]...\n")
    CurrentProcess.end(code: 2)
}
var figures: [Figure] = []
do {
    let workplace = try Workplace(tacit: arguments[1], directory: arguments[2])
    for benchmark in benchmarks where names.isEmpty || names.contains(benchmark.name) {
        try errors.write("measuring: \(benchmark.name)\n")
        figures += try benchmark.run(workplace)
    }
    let load = try FileDescriptor.open("/proc/loadavg").readToEnd()
    try output.write(
        "\(Figure.table(figures))\n\nmedians of \(Samples.rounds); the machine's load average now: "
            + String(decoding: load, as: UTF8.self)
    )
} catch {
    try output.write(Figure.table(figures) + "\n")
    try errors.write("tacit-bench: \(error)\n")
    CurrentProcess.end(code: 1)
}
