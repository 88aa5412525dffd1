// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension PipelineFacts {
    /// How many tasks came to what.
    private struct Counts {
        var skipped = 0
        var succeeded = 0
        var failed = 0
        var ignored = 0
        var cancelled = 0
        var invalid = 0
        var skippedForTime = 0
        /// What the tasks lack that could not be started, by the tasks' names.
        var problems: [String] = []

        var completed: Int { succeeded + failed + cancelled + ignored }
    }

    /// The condition that the run ends with, when it ends at `elapsed` by itself or because its time is over.
    ///
    /// Source: `GetPipelineConditionStatus` of Tekton.
    func condition(at elapsed: Duration) -> Condition {
        if let verdict { return verdict }
        if limits.pipeline.isExceeded(by: elapsed) {
            return timeout("failed to finish within \"\(limits.pipeline)\"")
        }
        if let tasks = limits.tasks, tasks.isExceeded(by: elapsed) {
            return timeout("failed due to tasks failed to finish within \"\(tasks)\"")
        }
        let counts = counts
        var message =
            "Tasks Completed: \(counts.completed) (Failed: \(counts.failed + counts.ignored)"
        if counts.ignored > 0 { message += " (Ignored: \(counts.ignored))" }
        message += ", Cancelled \(counts.cancelled)), Skipped: \(counts.skipped)"
        if counts.invalid > 0 {
            message += ", Failed Validation: \(counts.invalid) (\(Self.joined(counts.problems)))"
            return Condition(.failed, reason: "PipelineValidationFailed", message: message)
        }
        if counts.failed > 0 || counts.skippedForTime > 0 {
            return Condition(.failed, reason: "Failed", message: message)
        }
        if ["CancelledRunFinally", "StoppedRunFinally"].contains(plan.definition.spec.status) {
            return cancelled
        }
        if counts.cancelled > 0 {
            return Condition(.failed, reason: "Cancelled", message: message)
        }
        let reason = counts.skipped > 0 ? "Completed" : "Succeeded"
        return Condition(.succeeded, reason: reason, message: message)
    }

    /// The condition of a run that was told to stop.
    var cancelled: Condition {
        Condition(
            .failed,
            reason: "Cancelled",
            message: "PipelineRun \"\(plan.name)\" was cancelled"
        )
    }

    private func timeout(_ words: String) -> Condition {
        Condition(
            .failed,
            reason: "PipelineRunTimeout",
            message: "PipelineRun \"\(plan.name)\" \(words)"
        )
    }

    private static func joined(_ problems: [String]) -> String {
        let text = problems.joined(separator: "; ")
        guard text.utf8.count > 1024 else { return text }
        return String(decoding: text.utf8.prefix(1024), as: UTF8.self) + "..."
    }

    private var counts: Counts {
        var counts = Counts()
        var problems: [(name: String, text: String)] = []
        for node in nodes {
            let cancellation = node.cancellation
            switch node.phase {
            case .waiting, .started: break
            case .skipped(let reason):
                counts.skipped += 1
                if shownReason(reason, of: node).isTimeout { counts.skippedForTime += 1 }
            case .invalid(let message):
                counts.invalid += 1
                problems.append((node.task.name, message))
            case .finished where node.hasSucceeded: counts.succeeded += 1
            case .finished where cancellation.forTime: counts.failed += 1
            case .finished where cancellation.isCancelled: counts.cancelled += 1
            case .finished where node.onErrorContinues: counts.ignored += 1
            case .finished: counts.failed += 1
            }
        }
        counts.problems = problems.sorted { $0.name < $1.name }.map(\.text)
        return counts
    }

    // MARK: Tasks

    /// The reason under which a task that was skipped is shown: that of the whole run where there is one.
    private func shownReason(_ reason: SkipReason, of node: Node) -> SkipReason {
        if node.plan.isFinal { return reason }
        if isStopping { return .stopping }
        switch plan.definition.spec.status {
        case "CancelledRunFinally": return .cancelled
        case "StoppedRunFinally": return .stopped
        default: return reason
        }
    }

    var skippedTasks: [SkippedTask] {
        nodes.compactMap { node in
            guard case .skipped(let reason) = node.phase else { return nil }
            let shown = shownReason(reason, of: node)
            let showsConditions = !node.plan.isFinal || shown == .condition
            return SkippedTask(
                name: node.task.name,
                reason: shown,
                when: showsConditions ? node.task.when : []
            )
        }
    }

    var childReferences: [ChildReference] {
        nodes.flatMap { node in
            node.children.map { child in
                ChildReference(
                    kind: child.kind,
                    name: child.name,
                    pipelineTaskName: node.task.name,
                    displayName: node.displayName(of: child),
                    when: node.task.when
                )
            }
        }
    }
}

extension PipelineFacts.Node {
    /// The task's display name, or those of the matrix's rows that made the run.
    fileprivate func displayName(of child: PipelineFacts.Child) -> String {
        if task.displayName.isEmpty, task.matrix?.include.isEmpty ?? true { return "" }
        var replacements = Replacements()
        for param in child.params {
            guard case .string(let text) = param.value else { continue }
            replacements.strings["params.\(param.name)"] = text
        }
        let rows = (task.matrix?.include ?? []).filter { row in
            !row.name.isEmpty
                && row.params.allSatisfy { param in
                    replacements.strings["params.\(param.name)"] == param.value.stringValue
                }
        }
        let names = rows.map { replacements.apply(to: $0.name) }
        return names.isEmpty
            ? replacements.apply(to: task.displayName) : names.joined(separator: " ")
    }
}
