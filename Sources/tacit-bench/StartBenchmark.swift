// SPDX-License-Identifier: Apache-2.0
import Platform

/// What a run costs at the least: the program's start, one step, and memory.
enum StartBenchmark {
    static func run(in workplace: Workplace) throws -> [Figure] {
        let one = try workplace.write(Workload.task(steps: ["\"true\""]), to: "one-step.yaml")
        var (version, step) = (Samples(), Samples())
        for _ in 0..<Samples.rounds {
            version.add(try workplace.run([workplace.tacit, "version"]).seconds * 1000)
            step.add(try workplace.run(workplace.running(one)).seconds * 1000)
        }
        return [
            Figure(
                title: "wall time of `tacit version`",
                unit: .milliseconds,
                measured: version.median,
                bound: .below(20)
            ),
            Figure(
                title: "wall time of a one-step `true` task, secrets and FUSE included",
                unit: .milliseconds,
                measured: step.median,
                bound: .below(50)
            ),
            Figure(
                title: "peak memory of a one-step run, all its processes added up",
                unit: .megabytes,
                measured: try peakMemory(workplace),
                bound: .below(48)
            ),
        ]
    }

    /// Adds up the most memory that each process of a run ever held, while its step sleeps.
    private static func peakMemory(_ workplace: Workplace) throws -> Double {
        let sleeping = try workplace.write(
            Workload.task(steps: ["\"cat /mnt/secrets/* && sleep 0.3\""]),
            to: "sleeping-step.yaml"
        )
        var samples = Samples()
        for _ in 0..<Samples.rounds {
            let child = try workplace.start(workplace.running(sleeping))
            var peak = 0.0
            while let tree = ProcessTree(root: child.identifier), !tree.hasEnded {
                peak = max(peak, tree.peakMemory)
                SystemThread.sleep(nanoseconds: 10_000_000)
            }
            _ = child.wait()
            samples.add(peak / 1_000_000)
        }
        return samples.median
    }
}
