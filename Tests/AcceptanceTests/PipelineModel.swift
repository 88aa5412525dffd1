// SPDX-License-Identifier: Apache-2.0

/// What a random pipeline comes to when its TaskRuns run one after another, by rules read from Tekton's
/// documentation and code: everything is worked out anew after each TaskRun, as its controller does.
struct PipelineModel {
    enum State: Equatable {
        case waiting
        case queued
        case succeeded
        case failed
        case skipped(String)
        case invalid
    }

    static let condition = "When Expressions evaluated to false"
    static let stopping = "PipelineRun was stopping"
    static let parent = "Parent Tasks were skipped"
    static let missing = "Results were missing"

    let pipeline: RandomPipeline
    private(set) var states: [State]
    /// The results that are there; of a matrix one value a run.
    private(set) var results: [Int: [String]] = [:]
    private var queue: [Int] = []
    private(set) var everStopped = false

    init(_ pipeline: RandomPipeline) {
        self.pipeline = pipeline
        states = pipeline.tasks.map { _ in .waiting }
        settle()
        while !queue.isEmpty {
            run(queue.removeFirst())
            settle()
        }
    }

    private mutating func run(_ index: Int) {
        let task = pipeline.tasks[index]
        guard task.failures <= task.retries else {
            states[index] = .failed
            return
        }
        states[index] = .succeeded
        if task.emits { results[index] = values(of: index) }
    }

    func values(of index: Int) -> [String] {
        let task = pipeline.tasks[index]
        let inputs = task.inputs.flatMap { results[$0] ?? [] }.joined(separator: "+")
        let names = task.width == 0 ? [task.name] : (0..<task.width).map { "\(task.name).m\($0)" }
        return names.map { "\($0)(\(inputs))" }
    }

    // MARK: What happens next

    private var isStopping: Bool {
        states.indices.contains { index in
            (states[index] == .failed || states[index] == .invalid)
                && !pipeline.tasks[index].continues
        }
    }

    private mutating func settle() {
        while true {
            if isStopping {
                everStopped = true
                for index in states.indices where states[index] == .waiting {
                    states[index] = .skipped(Self.stopping)
                }
                return
            }
            let ready = states.indices.filter { states[$0] == .waiting && isReady($0) }
            let skips = ready.compactMap { index in skip(index).map { (index, $0) } }
            if !skips.isEmpty {
                for (index, reason) in skips { states[index] = .skipped(reason) }
                continue
            }
            let broken = ready.filter { firstMissing($0) != nil }
            if broken.isEmpty {
                for index in ready { states[index] = .queued }
                queue += ready
                return
            }
            for index in broken { states[index] = .invalid }
        }
    }

    private func parents(_ index: Int) -> Set<Int> {
        let task = pipeline.tasks[index]
        return Set(task.runAfter + references(index))
    }

    /// Params come before conditions.
    private func references(_ index: Int) -> [Int] {
        let task = pipeline.tasks[index]
        return task.inputs + [task.condition?.source].compactMap(\.self)
    }

    private func isReady(_ index: Int) -> Bool {
        parents(index).allSatisfy { states[$0] != .waiting && states[$0] != .queued }
    }

    private func firstMissing(_ index: Int) -> Int? {
        references(index).first { results[$0] == nil }
    }

    private func skip(_ index: Int) -> String? {
        let task = pipeline.tasks[index]
        let missing = firstMissing(index)
        if let condition = task.condition {
            var input = "yes"
            if let source = condition.source {
                // With one result missing none is put in its place.
                input =
                    missing == nil ? results[source]?.first ?? "" : pipeline.reference(to: source)
            }
            if (input == condition.value) == condition.isNegated { return Self.condition }
        }
        for parent in parents(index) {
            if case .skipped(let reason) = states[parent], reason != Self.condition {
                return Self.parent
            }
        }
        if let missing, task.continues || states[missing] == .skipped(Self.condition) {
            return Self.missing
        }
        return nil
    }
}

// MARK: The run

extension PipelineModel {
    func word(_ index: Int) -> String {
        switch states[index] {
        case .succeeded: "Succeeded/Succeeded"
        case .failed:
            pipeline.tasks[index].continues ? "Failed/FailureIgnored" : "Failed/StepFailed"
        default: "None/"
        }
    }

    /// What the task of `finally` that asks for it is told.
    var statuses: String {
        let isSkipped = states.contains { if case .skipped = $0 { true } else { false } }
        let all =
            states.contains(.failed) ? "Failed" : isSkipped ? "Completed" : "Succeeded"
        return (states.indices.map(word) + [all]).joined(separator: " ")
    }

    /// By name, in a run that ended; of those that are skipped while it stops the reason is that.
    var skipped: [String: String] {
        var skipped: [String: String] = [:]
        for index in states.indices {
            guard case .skipped(let reason) = states[index] else { continue }
            skipped[pipeline.tasks[index].name] = everStopped ? Self.stopping : reason
        }
        if results[pipeline.finalInput] == nil { skipped["g"] = Self.missing }
        return skipped
    }

    var status: String { reason == "Succeeded" || reason == "Completed" ? "True" : "False" }

    var reason: String {
        if states.contains(.invalid) { return "PipelineValidationFailed" }
        if failures > 0 { return "Failed" }
        return skipped.isEmpty ? "Succeeded" : "Completed"
    }

    private var failures: Int {
        states.indices.count { states[$0] == .failed && !pipeline.tasks[$0].continues }
    }

    /// What the message begins with.
    var message: String {
        let failed = states.count { $0 == .failed }
        let ignored = failed - failures
        let completed = states.count { $0 == .succeeded } + failed + (skipped["g"] == nil ? 2 : 1)
        return "Tasks Completed: \(completed) (Failed: \(failed)"
            + (ignored > 0 ? " (Ignored: \(ignored))" : "")
            + ", Cancelled 0), Skipped: \(skipped.count)"
    }
}
