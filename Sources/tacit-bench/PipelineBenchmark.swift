// SPDX-License-Identifier: Apache-2.0
import Platform

/// A thousand one-step tasks: in layers two at a time, against make(1) with the same thousand commands; in a
/// chain, against a chain of a hundred; and the memory that they take.
enum PipelineBenchmark {
    private static let layerCount = 20
    private static let layerWidth = 50
    private static let taskCount = layerCount * layerWidth
    /// A run takes seconds.
    private static let rounds = 3

    static func run(in workplace: Workplace) throws -> [Figure] {
        let layers = try workplace.write(pipeline(taskCount, before: layered), to: "layers.yaml")
        let rules = (0..<taskCount).map {
            "t\($0): \(layered($0).map { "t\($0)" }.joined(separator: " "))"
        }
        let makefile = try workplace.write(
            "all: \((0..<taskCount).map { "t\($0)" }.joined(separator: " "))\n"
                + rules.map { "\($0)\n\t@sh -c true\n" }.joined(),
            to: "layers.mk"
        )
        let chain = try workplace.write(pipeline(taskCount, before: chained), to: "chain.yaml")
        let short = try workplace.write(
            pipeline(taskCount / 10, before: chained),
            to: "short-chain.yaml"
        )
        var (ours, theirs, peak) = (Samples(), Samples(), Samples())
        var (long, brief) = (Samples(), Samples())
        for _ in 0..<rounds {
            let outcome = try workplace.run(two(workplace.running(layers)))
            ours.add(outcome.seconds * 1000 / Double(taskCount))
            peak.add(Double(outcome.end.peakMemory) / 1_000_000)
            let made = try workplace.run(["make", "-j2", "-f", makefile])
            theirs.add(made.seconds * 1000 / Double(taskCount))
            long.add(
                try workplace.run(two(workplace.running(chain))).seconds * 1000 / Double(taskCount)
            )
            brief.add(
                try workplace.run(two(workplace.running(short))).seconds * 10_000
                    / Double(taskCount)
            )
        }
        return [
            Figure(
                title: "wall time a task of \(taskCount) in \(layerCount) layers, two at a time",
                unit: .milliseconds,
                measured: ours.median,
                reference: ("make -j2 of `sh -c true`", theirs.median),
                bound: .below(5)
            ),
            Figure(
                title: "wall time a task of a chain of \(taskCount)",
                unit: .milliseconds,
                measured: long.median,
                reference: ("of a chain of \(taskCount / 10)", brief.median),
                bound: .ratioAtMost(1.25)
            ),
            Figure(
                title: "peak memory at \(taskCount) tasks, of the largest process",
                unit: .megabytes,
                measured: peak.median,
                bound: .below(100)
            ),
        ]
    }

    private static func two(_ command: [String]) -> [String] {
        ["env", "TACIT_PARALLEL_TASKS=2"] + command
    }

    /// Every task waits for one of the layer above.
    private static func layered(_ index: Int) -> [Int] {
        index < layerWidth ? [] : [index - layerWidth]
    }

    private static func chained(_ index: Int) -> [Int] { index == 0 ? [] : [index - 1] }

    private static func pipeline(_ count: Int, before: (Int) -> [Int]) -> String {
        let tasks = (0..<count).map { index in
            let names = before(index).map { "t\($0)" }.joined(separator: ", ")
            return """
                    - name: t\(index)
                      runAfter: [\(names)]
                      taskSpec: {steps: [{name: s, image: busybox, command: [sh, -c, "true"]}]}

                """
        }
        return """
            apiVersion: tekton.dev/v1
            kind: PipelineRun
            metadata: {name: p}
            spec:
              pipelineSpec:
                tasks:
            \(tasks.joined())
            """
    }
}
