// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// What is known of a PipelineRun's tasks while it runs: how each ended, why it is not run, what may start.
///
/// Pure: times are given, and what it says to start the runner starts. Each task is looked at when something that it waits for has happened, and never the whole graph, so that a
/// run takes time in proportion to its tasks and edges. Source of the rules: `PipelineRunFacts` and
/// `ResolvedPipelineTask` of Tekton.
struct PipelineFacts {
    /// What has become of a task.
    enum Phase {
        case waiting
        case skipped(SkipReason)
        /// It needs a result that is not there, which fails the run.
        case invalid(message: String)
        case started
        case finished
    }

    /// A run that a task made.
    struct Child {
        var kind: String
        var name: String
        /// `nil` while it runs.
        var condition: Condition?
        var results: [ResultValue] = []
        var artifacts: Artifacts?
        /// Whether it was ended because the PipelineRun's time was over.
        var wasTimedOut = false
        /// The params that its display name may refer to.
        var params: [Param] = []
    }

    struct Node {
        var plan: PipelineTaskPlan
        /// The task with references to results replaced as far as they are known.
        var task: PipelineTask
        var phase = Phase.waiting
        var children: [Child] = []
        /// How many tasks before it are not over.
        var openParents: Int
        /// How many tasks whose results it uses have not finished.
        var openReferences = 0
        /// Every result that it uses is there and in its place.
        var isResolved: Bool
        /// The results that it uses.
        var references: [ResultReference]
        /// The values of its CEL expressions.
        var conditions: [String: Bool] = [:]
        /// The tasks that wait for it.
        var followers: [Int] = []
        /// The tasks that use its results.
        var users: [Int] = []
    }

    let plan: PipelineRunPlan
    let limits: PipelineLimits
    var nodes: [Node]
    let places: [String: Int]
    /// Tasks whose parents are all over, to be decided upon; in the order of the pipeline.
    var ready: [Int] = []
    /// How many tasks outside of `finally` are not over.
    var openTasks: Int
    var finallyIsDecided = false
    /// Why the whole run is over, whatever its tasks do.
    var verdict: Condition?
    /// Every result so far, for the text of tasks written in place.
    var propagated = Replacements()
    /// Tasks that were skipped and have not been told of.
    var untold: [Int] = []
    private(set) var isStopping = false

    init(plan: PipelineRunPlan) {
        self.plan = plan
        limits = PipelineLimits(plan.definition.spec.timeouts)
        places = Dictionary(
            plan.tasks.enumerated().map { ($0.element.task.name, $0.offset) }
        ) { first, _ in first }
        nodes = plan.tasks.map { planned in
            let references = planned.task.resultReferences
            return Node(
                plan: planned,
                task: planned.task,
                openParents: planned.parents.count,
                isResolved: references.isEmpty,
                references: references
            )
        }
        openTasks = nodes.count { !$0.plan.isFinal }
        for index in nodes.indices {
            for parent in nodes[index].plan.parents { nodes[parent].followers.append(index) }
            let used = Set(nodes[index].references.compactMap { places[$0.pipelineTask] })
            nodes[index].openReferences = used.count
            for source in used { nodes[source].users.append(index) }
            if nodes[index].openParents == 0, !nodes[index].plan.isFinal { ready.append(index) }
        }
    }

    // MARK: What happens

    /// A task's runs have been made.
    mutating func start(_ index: Int, _ children: [Child]) {
        nodes[index].phase = .started
        nodes[index].children = children
    }

    /// One of a task's runs has ended; with the last of them the task has.
    mutating func finish(
        _ index: Int,
        child position: Int,
        _ condition: Condition,
        _ results: [ResultValue],
        _ artifacts: Artifacts? = nil,
        wasTimedOut: Bool
    ) {
        nodes[index].children[position].condition = condition
        nodes[index].children[position].results = results
        nodes[index].children[position].artifacts = artifacts
        nodes[index].children[position].wasTimedOut = wasTimedOut
        guard nodes[index].children.allSatisfy({ $0.condition != nil }) else { return }
        nodes[index].phase = .finished
        keepResults(of: index)
        keepArtifacts(of: index)
        settle(index)
    }

    /// A task is not run.
    mutating func skip(_ index: Int, _ reason: SkipReason) {
        nodes[index].phase = .skipped(reason)
        untold.append(index)
        settle(index)
    }

    /// A task will not be run, or not any more.
    mutating func settle(_ index: Int) {
        if nodes[index].plan.isFinal { return }
        openTasks -= 1
        if nodes[index].stopsOthers { isStopping = true }
        for follower in nodes[index].followers {
            nodes[follower].openParents -= 1
            if nodes[follower].openParents == 0, case .waiting = nodes[follower].phase {
                ready.append(follower)
            }
        }
    }
}

extension PipelineFacts.Node {
    var onErrorContinues: Bool { task.onError == OnError.continue.rawValue }

    /// Whether every run succeeded.
    var hasSucceeded: Bool {
        !children.isEmpty && children.allSatisfy { $0.condition?.status == .succeeded }
    }

    /// Whether any run failed.
    var hasFailedRun: Bool { children.contains { $0.condition?.status == .failed } }

    /// Whether it is over and any run failed.
    var hasFailed: Bool {
        if case .finished = phase { return hasFailedRun }
        return false
    }

    /// Whether it is over and any TaskRun was cancelled, and whether for time.
    var cancellation: (isCancelled: Bool, forTime: Bool) {
        guard case .finished = phase else { return (false, false) }
        let cancelled = children.filter { child in
            child.kind == "TaskRun" && child.condition?.status == .failed
                && child.condition?.reason == "TaskRunCancelled"
        }
        return (!cancelled.isEmpty, cancelled.contains(where: \.wasTimedOut))
    }

    /// Whether its failure keeps other tasks from starting.
    var stopsOthers: Bool {
        if onErrorContinues { return false }
        if case .invalid = phase { return true }
        return hasFailed
    }

    /// `$(tasks.<task>.status)`.
    var statusWord: String {
        hasSucceeded ? "Succeeded" : hasFailedRun ? "Failed" : "None"
    }

    /// `$(tasks.<task>.reason)`: of the first run that did not succeed, else of the first.
    var reasonWord: String {
        let child = children.first { $0.condition?.status != .succeeded } ?? children.first
        return child?.condition?.reason ?? ""
    }
}
