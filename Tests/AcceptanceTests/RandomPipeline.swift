// SPDX-License-Identifier: Apache-2.0

/// A small pipeline drawn at random: what its tasks need, and what each does.
struct RandomPipeline {
    struct Task {
        var name: String
        var runAfter: [Int] = []
        /// The tasks whose results it is given.
        var inputs: [Int] = []
        var condition: Condition?
        /// How many attempts fail.
        var failures = 0
        var retries = 0
        var emits = true
        var continues = false
        /// How many values its matrix has; 0 for no matrix.
        var width = 0
    }

    /// `when`: a result, or a constant, is or is not a certain text.
    struct Condition {
        var source: Int?
        var isNegated: Bool
        var value: String
    }

    var tasks: [Task]
    /// The task whose result the second task of `finally` needs.
    var finalInput: Int

    init(seed: UInt64) {
        var dice = Dice(state: seed)
        let count = Int.random(in: 3...7, using: &dice)
        tasks = []
        for index in 0..<count { tasks.append(Self.task(index, tasks, &dice)) }
        finalInput = Int.random(in: 0..<count, using: &dice)
    }

    private static func task(_ index: Int, _ before: [Task], _ dice: inout Dice) -> Task {
        var task = Task(name: "t\(index)")
        for earlier in before.indices {
            switch Int.random(in: 0..<6, using: &dice) {
            case 0: task.runAfter.append(earlier)
            case 1 where task.inputs.count < 2: task.inputs.append(earlier)
            default: break
            }
        }
        if Int.random(in: 0..<3, using: &dice) == 0 {
            let sources = before.indices.filter { before[$0].width == 0 }
            let source = Bool.random(using: &dice) ? sources.randomElement(using: &dice) : nil
            task.condition = Condition(
                source: source,
                isNegated: Bool.random(using: &dice),
                value: Bool.random(using: &dice) ? source.map { "t\($0)()" } ?? "yes" : "other"
            )
        }
        if Int.random(in: 0..<3, using: &dice) == 0 {
            task.failures = Int.random(in: 1...2, using: &dice)
            task.retries = Int.random(in: 0...2, using: &dice)
        }
        task.emits = Int.random(in: 0..<6, using: &dice) != 0
        task.continues = task.retries == 0 && Int.random(in: 0..<4, using: &dice) == 0
        task.width = Int.random(in: 0..<5, using: &dice) == 0 ? 2 : 0
        return task
    }

    // MARK: YAML

    var yaml: String {
        """
        apiVersion: tekton.dev/v1
        kind: PipelineRun
        metadata: {name: p}
        spec:
          pipelineSpec:
            results:
        \(results)    - {name: out, value: $(finally.f.results.out)}
            tasks:
        \(tasks.indices.map(yaml(ofTask:)).joined())    finally:
            - name: f
              params: [{name: s, value: "\(statuses)"}]
              taskSpec:
                params: [{name: s}]
                results: [{name: out}]
                steps:
                - {name: s, image: bash, script: "printf '%s' '$(params.s)' >$(results.out.path)"}
            - name: g
              params: [{name: i, value: "\(reference(to: finalInput))"}]
              taskSpec:
                params: [{name: i, type: \(type(of: finalInput))}]
                steps: [{name: s, image: bash, script: "true"}]

        """
    }

    private var results: String {
        tasks.indices.filter { tasks[$0].emits }.map { index in
            "    - {name: r\(index), type: \(type(of: index)), value: \"\(reference(to: index))\"}\n"
        }.joined()
    }

    private var statuses: String {
        let each = tasks.map { "$(tasks.\($0.name).status)/$(tasks.\($0.name).reason)" }
        return (each + ["$(tasks.status)"]).joined(separator: " ")
    }

    func reference(to index: Int) -> String {
        "$(tasks.\(tasks[index].name).results.r\(tasks[index].width > 0 ? "[*]" : ""))"
    }

    private func type(of index: Int) -> String { tasks[index].width > 0 ? "array" : "string" }

    private func yaml(ofTask index: Int) -> String {
        let task = tasks[index]
        var lines = ["- name: \(task.name)"]
        if !task.runAfter.isEmpty {
            lines.append("  runAfter: [\(task.runAfter.map { "t\($0)" }.joined(separator: ", "))]")
        }
        let params = task.inputs.map { "{name: i\($0), value: \"\(reference(to: $0))\"}" }
        if !params.isEmpty { lines.append("  params: [\(params.joined(separator: ", "))]") }
        if task.width > 0 {
            let values = (0..<task.width).map { "m\($0)" }.joined(separator: ", ")
            lines.append("  matrix: {params: [{name: m, value: [\(values)]}]}")
        }
        if let condition = task.condition {
            let input = condition.source.map { reference(to: $0) } ?? "yes"
            let name = condition.isNegated ? "notin" : "in"
            lines.append(
                "  when: [{input: \"\(input)\", operator: \(name), values: [\"\(condition.value)\"]}]"
            )
        }
        if task.retries > 0 { lines.append("  retries: \(task.retries)") }
        if task.continues { lines.append("  onError: continue") }
        return lines.map { "    \($0)\n" }.joined() + specification(of: task)
    }

    private func specification(of task: Task) -> String {
        var params = task.inputs.map { "{name: i\($0), type: \(type(of: $0))}" }
        if task.width > 0 { params.append("{name: m}") }
        let arguments = task.inputs.map {
            "\"$(params.i\($0)\(tasks[$0].width > 0 ? "[*]" : ""))\""
        }
        let name = task.name + (task.width > 0 ? ".$(params.m)" : "")
        return """
                  taskSpec:
                    params: [\(params.joined(separator: ", "))]
                    results: [{name: r}]
                    steps:
                    - name: s
                      image: bash
                      args: [\(arguments.joined(separator: ", "))]
                      script: |
                        #!/bin/sh
                        [ $(context.task.retry-count) -ge \(task.failures) ] || exit 3
                        IFS=+
                        \(task.emits ? "printf '%s' \"\(name)($*)\" >$(results.r.path)" : "true")

            """
    }
}

/// Numbers that follow from a seed; SplitMix64.
struct Dice: RandomNumberGenerator {
    var state: UInt64

    mutating func next() -> UInt64 {
        state &+= 0x9e37_79b9_7f4a_7c15
        var mixed = state
        mixed = (mixed ^ (mixed >> 30)) &* 0xbf58_476d_1ce4_e5b9
        mixed = (mixed ^ (mixed >> 27)) &* 0x94d0_49bb_1331_11eb
        return mixed ^ (mixed >> 31)
    }
}
