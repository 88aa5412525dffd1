// SPDX-License-Identifier: Apache-2.0
internal import CEL
internal import Tekton

extension PipelineFacts {
    /// The tasks that start now, in the order of the pipeline.
    ///
    /// `elapsed` is the time since the run began, `sinceFinally` since the first task of `finally` did.
    mutating func next(elapsed: Duration, sinceFinally: Duration?) -> [Int] {
        if verdict != nil { return [] }
        var starting: [Int] = []
        while starting.isEmpty {
            if let reason = standstill { skipAll(reason) }
            let candidates = decide(elapsed)
            if candidates.isEmpty || verdict != nil { break }
            let problems = candidates.map { resultProblem(of: $0) }
            if problems.allSatisfy({ $0 == nil }) {
                starting = candidates
                break
            }
            // None of those that could start with one that cannot does: the run stops, as a rule.
            for (index, problem) in zip(candidates, problems) {
                if let problem {
                    nodes[index].phase = .invalid(message: problem)
                    settle(index)
                } else {
                    ready.append(index)
                }
            }
        }
        if verdict == nil, openTasks == 0, !finallyIsDecided {
            finallyIsDecided = true
            starting += decideFinally(elapsed, sinceFinally)
        }
        return starting
    }

    /// Why no further task outside of `finally` may start.
    private var standstill: SkipReason? {
        if isStopping { return .stopping }
        switch plan.definition.spec.status {
        case "CancelledRunFinally": return .cancelled
        case "StoppedRunFinally": return .stopped
        default: return nil
        }
    }

    private mutating func skipAll(_ reason: SkipReason) {
        ready = []
        for index in nodes.indices where !nodes[index].plan.isFinal {
            guard case .waiting = nodes[index].phase else { continue }
            skip(index, reason)
        }
        ready = []
    }

    /// Skips what is to be skipped among the tasks that are ready, and those that are ready because of it;
    /// returns the others.
    private mutating func decide(_ elapsed: Duration) -> [Int] {
        var candidates: [Int] = []
        while !ready.isEmpty, verdict == nil {
            let batch = ready.sorted()
            ready = []
            for index in batch {
                guard case .waiting = nodes[index].phase else { continue }
                evaluateConditions(of: index)
                if verdict != nil { return [] }
                if let reason = skipReason(of: index, elapsed) {
                    skip(index, reason)
                } else {
                    candidates.append(index)
                }
            }
        }
        return candidates.sorted()
    }

    private func skipReason(of index: Int, _ elapsed: Duration) -> SkipReason? {
        let node = nodes[index]
        if !node.conditionsHold { return .condition }
        for parent in node.plan.parents {
            if case .skipped(let reason) = nodes[parent].phase, reason != .condition {
                return .parent
            }
        }
        if lacksResults(index) { return .missingResults }
        if limits.pipeline.isExceeded(by: elapsed) { return .pipelineTimeout }
        if limits.tasks?.isExceeded(by: elapsed) == true { return .tasksTimeout }
        return node.hasEmptyMatrix ? .emptyMatrix : nil
    }

    /// Whether a result that the task uses is missing in a way that skips it and does not fail the run.
    private func lacksResults(_ index: Int) -> Bool {
        let node = nodes[index]
        guard !node.isResolved, node.task.hasResultReferences,
            let source = missingSource(of: index), let place = places[source]
        else { return false }
        if node.onErrorContinues || node.plan.isFinal { return true }
        if case .skipped(.condition) = nodes[place].phase { return true }
        return false
    }

    private mutating func evaluateConditions(of index: Int) {
        nodes[index].conditions = [:]
        for when in nodes[index].task.when where !when.cel.isEmpty {
            if nodes[index].conditions[when.cel] != nil { continue }
            do throws(CELError) {
                nodes[index].conditions[when.cel] = try CELProgram.allows(
                    when.cel,
                    zones: HostTimeZones.zones
                )
            } catch {
                verdict = PipelineTaskPreconditions.refusal(ofCondition: error, in: plan)
                return
            }
        }
    }

    // MARK: Finally

    /// How every task ended, for those of `finally`.
    private var statusReplacements: Replacements {
        var replacements = Replacements()
        var aggregate = "Succeeded"
        for node in nodes where !node.plan.isFinal {
            replacements.strings["tasks.\(node.task.name).status"] = node.statusWord
            replacements.strings["tasks.\(node.task.name).reason"] = node.reasonWord
            if node.hasFailedRun {
                aggregate = "Failed"
            } else if case .skipped = node.phase, aggregate != "Failed" {
                aggregate = "Completed"
            }
        }
        replacements.strings["tasks.status"] = aggregate
        return replacements
    }

    private mutating func decideFinally(
        _ elapsed: Duration,
        _ sinceFinally: Duration?
    ) -> [Int] {
        let replacements = statusReplacements
        var starting: [Int] = []
        for index in nodes.indices where nodes[index].plan.isFinal {
            guard case .waiting = nodes[index].phase else { continue }
            nodes[index].task.substituteResults(replacements)
            let reason: SkipReason?
            if !nodes[index].isResolved {
                reason = .missingResults
            } else {
                evaluateConditions(of: index)
                if verdict != nil { return [] }
                reason = finallySkipReason(of: index, elapsed, sinceFinally)
            }
            if let reason {
                skip(index, reason)
            } else {
                starting.append(index)
            }
        }
        return starting
    }

    private func finallySkipReason(
        of index: Int,
        _ elapsed: Duration,
        _ sinceFinally: Duration?
    ) -> SkipReason? {
        if !nodes[index].conditionsHold { return .condition }
        if limits.pipeline.isExceeded(by: elapsed) { return .pipelineTimeout }
        if let sinceFinally, limits.finally?.isExceeded(by: sinceFinally) == true {
            return .finallyTimeout
        }
        return nodes[index].hasEmptyMatrix ? .emptyMatrix : nil
    }
}

extension PipelineFacts.Node {
    /// Whether every condition holds; CEL expressions by their values.
    fileprivate var conditionsHold: Bool {
        task.when.allSatisfy { when in
            let isAmong = when.values.contains(when.input)
            let holds = when.operatorName == "in" ? isAmong : !isAmong
            return holds && (when.cel.isEmpty || conditions[when.cel] == true)
        }
    }

    fileprivate var hasEmptyMatrix: Bool {
        guard task.isMatrixed else { return false }
        return task.matrix?.params.contains { $0.value == .array([]) } ?? false
    }
}

extension GoDuration {
    /// Whether that time is over; zero means that there is no limit.
    func isExceeded(by elapsed: Duration) -> Bool {
        nanoseconds > 0 && elapsed > duration
    }
}
