// SPDX-License-Identifier: Apache-2.0
import Platform

/// What each further step costs, against bubblewrap with the like confinement running the same command.
enum StepBenchmark {
    private static let count = 100

    static func run(in workplace: Workplace) throws -> [Figure] {
        let one = try workplace.write(Workload.task(steps: ["\"true\""]), to: "one-step.yaml")
        let many = try workplace.write(
            Workload.task(steps: Array(repeating: "\"true\"", count: count + 1)),
            to: "many-steps.yaml"
        )
        let bubblewrap = try ["bwrap"] + bubblewrapArguments() + ["sh", "-c", "true"]
        var (ours, theirs) = (Samples(), Samples())
        for _ in 0..<Samples.rounds {
            let first = try workplace.run(workplace.running(one)).seconds
            let all = try workplace.run(workplace.running(many)).seconds
            ours.add((all - first) * 1000 / Double(count))
            let start = ContinuousClock.now
            for _ in 0..<count { try workplace.run(bubblewrap) }
            theirs.add(start.duration(to: .now) / .milliseconds(1) / Double(count))
        }
        let title = "wall time of each further `true` step"
        return [
            Figure(
                title: title,
                unit: .milliseconds,
                measured: ours.median,
                reference: ("bwrap", theirs.median),
                bound: .ratioAtMost(0.6)
            ),
            Figure(
                title: title,
                unit: .milliseconds,
                measured: ours.median,
                bound: .below(3)
            ),
        ]
    }

    /// The committed list, one argument a line; `#` starts a comment.
    private static func bubblewrapArguments() throws -> [String] {
        let path = "Tests/SandboxTests/bubblewrap.arguments"
        let text = String(decoding: try FileDescriptor.open(path).readToEnd(), as: UTF8.self)
        return text.split(separator: "\n").map(String.init).filter { !$0.hasPrefix("#") }
    }
}
