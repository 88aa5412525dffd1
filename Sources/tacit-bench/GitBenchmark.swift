// SPDX-License-Identifier: Apache-2.0
import Platform

/// Clones of a repository of 200,000 objects over https on loopback, against the `git` command at the same
/// server: the first, those through the cache, and twenty at once.
enum GitBenchmark {
    private static let rounds = 3
    private static let crowd = 20

    static func run(in workplace: Workplace) throws -> [Figure] {
        let server = try GitBenchmarkServer(workplace)
        defer { server.stop() }
        try workplace.run(["rm", "-rf", "\(workplace.directory)/clones", server.cache])
        try Directory.create("\(workplace.directory)/clones", permissions: 0o755)
        let (plain, memory, git, gitMemory) = try first(server, workplace)
        let (cached, whole, borrowed) = try second(server, workplace)
        try workplace.run(["rm", "-rf", server.cache])
        let many = try atOnce(server, workplace)
        return [
            Figure(
                title: "clone of one branch over https, 200,000 objects",
                unit: .milliseconds,
                measured: plain,
                reference: ("git clone --single-branch", git),
                bound: .ratioAtMost(1)
            ),
            Figure(
                title: "peak memory of that clone (git: \(gitMemory.rounded(to: 0)) MB)",
                unit: .megabytes,
                measured: memory,
                bound: .below(200)
            ),
            Figure(
                title: "second clone of it, through the cache, server asked",
                unit: .milliseconds,
                measured: cached,
                reference: ("git clone --single-branch", whole),
                bound: .ratioAtMost(0.2)
            ),
            Figure(
                title: "the same",
                unit: .milliseconds,
                measured: cached,
                reference: ("git clone --reference", borrowed),
                bound: .ratioAtMost(1)
            ),
            Figure(
                title: "\(crowd) clones of it at once, cold cache",
                unit: .milliseconds,
                measured: many,
                reference: ("one, cold cache", plain),
                bound: .ratioAtMost(3)
            ),
        ]
    }

    private static func first(
        _ server: GitBenchmarkServer,
        _ workplace: Workplace
    ) throws -> (Double, Double, Double, Double) {
        var (ours, theirs) = (Samples(), Samples())
        var (memory, gitMemory) = (0.0, 0.0)
        for round in 0..<rounds {
            try workplace.run(["rm", "-rf", server.cache])
            let own = try workplace.run(server.tacit("clones/own\(round)"))
            ours.add(own.seconds * 1000)
            memory = max(memory, Double(own.end.peakMemory) / 1_000_000)
            let git = try workplace.run(server.git("clones/git\(round)"))
            theirs.add(git.seconds * 1000)
            gitMemory = max(gitMemory, Double(git.end.peakMemory) / 1_000_000)
        }
        return (ours.median, memory, theirs.median, gitMemory)
    }

    private static func second(
        _ server: GitBenchmarkServer,
        _ workplace: Workplace
    ) throws -> (Double, Double, Double) {
        var (ours, whole, borrowed) = (Samples(), Samples(), Samples())
        for round in 0..<rounds {
            ours.add(try workplace.run(server.tacit("clones/second\(round)")).seconds * 1000)
            whole.add(try workplace.run(server.git("clones/whole\(round)")).seconds * 1000)
            let reference = ["--reference", "\(workplace.directory)/clones/git0"]
            borrowed.add(
                try workplace.run(server.git("clones/ref\(round)", reference)).seconds * 1000
            )
        }
        return (ours.median, whole.median, borrowed.median)
    }

    private static func atOnce(
        _ server: GitBenchmarkServer,
        _ workplace: Workplace
    ) throws -> Double {
        let commands = (0..<crowd).map { server.shell(server.tacit("clones/crowd\($0)")) + " &" }
        let script = commands.joined(separator: "\n") + "\nwait\n"
        return try workplace.run(["/bin/sh", "-c", script]).seconds * 1000
    }
}
