// SPDX-License-Identifier: Apache-2.0
import Platform

/// How much later a line, or a prompt, leaves `tacit redact` than it came.
enum DelayBenchmark {
    private static let lineCount = 400

    static func run(in workplace: Workplace) throws -> [Figure] {
        let secrets = try workplace.write(
            "{\"a\": \"\(Workload.secret(0))\", \"b\": \"\(Workload.secret(1))\"}",
            to: "secrets.json"
        )
        let (input, output) = (try Pipe(), try Pipe())
        let child = try workplace.start(
            [workplace.tacit, "redact", "--secrets", secrets],
            input: input.reader.descriptor.number,
            output: output.writer.descriptor.number
        )
        var delays: [Double] = []
        var buffer = [UInt8](repeating: 0, count: 4096)
        func delay(of text: String) throws -> Double {
            let start = ContinuousClock.now
            try input.writer.descriptor.write(text)
            var left = text.utf8.count
            while left > 0 { left -= try output.reader.descriptor.read(into: &buffer) }
            return start.duration(to: .now) / .milliseconds(1)
        }
        // The first line waits for the program's start.
        _ = try delay(of: "ready\n")
        for line in 0..<lineCount {
            delays.append(try delay(of: "[\(line)] compiling Sources/file\(line).c\n"))
            SystemThread.sleep(nanoseconds: 2_000_000)
        }
        // A prompt whose last bytes a secret begins with.
        let begin = String(Workload.secret(0).prefix(3))
        let prompt = try delay(of: "Password: \(begin)")
        withExtendedLifetime(child) {}
        return [
            Figure(
                title: "delay added to a line at a slow rate, p99",
                unit: .milliseconds,
                measured: delays.sorted()[delays.count * 99 / 100],
                bound: .below(1)
            ),
            Figure(
                title: "a prompt without newline that ends like a secret begins",
                unit: .milliseconds,
                measured: prompt,
                bound: .below(150)
            ),
        ]
    }
}
