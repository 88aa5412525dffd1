// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Tekton

/// Looks at the runs that a PipelineRun will make before it begins: what a host cannot do of them, and which
/// classes of secrets they mount, as far as that does not depend on results.
struct ProvisionalRuns {
    /// Of the runs that it makes.
    var planner: RunPlanner

    /// Notes in the plan what is found; returns what is wrong.
    func look(ahead plan: inout PipelineRunPlan) throws -> [Diagnostic] {
        let maker = ChildRunMaker(plan: plan)
        var diagnostics: [Diagnostic] = []
        var told: Set<Diagnostic> = []
        for planned in plan.tasks {
            let found: [Diagnostic]
            switch planned.work {
            case .task(let spec, _): found = try look(at: planned, spec, maker, &plan)
            case .pipeline: found = try look(at: planned, maker, &plan)
            }
            diagnostics += found.filter { told.insert($0).inserted }
        }
        return diagnostics
    }

    private func look(
        at planned: PipelineTaskPlan,
        _ spec: TaskSpec,
        _ maker: ChildRunMaker,
        _ plan: inout PipelineRunPlan
    ) throws -> [Diagnostic] {
        // What refuses a run now may come right with results, and refuses it in time if it does not.
        let candidates = (try? maker.taskRuns(of: planned, planned.task, spec: spec)) ?? []
        var diagnostics: [Diagnostic] = []
        for candidate in candidates {
            var candidate = candidate
            candidate.isProvisional = true
            let (run, found) = try TaskRunPlanner(planner: planner, candidate: candidate).plan()
            diagnostics += found
            if !run.secretClasses.isEmpty { plan.secretUsers.append(run) }
            if !planned.task.hasOpenMatrix { plan.taskRunNames.append(run.name) }
        }
        return diagnostics
    }

    private func look(
        at planned: PipelineTaskPlan,
        _ maker: ChildRunMaker,
        _ plan: inout PipelineRunPlan
    ) throws -> [Diagnostic] {
        guard let candidate = (try? maker.pipelineRuns(of: planned, planned.task))?.first else {
            return []
        }
        let (run, found) = try PipelineRunPlanner(planner: planner, candidate: candidate).plan()
        plan.secretUsers += run.secretUsers
        plan.taskRunNames += run.taskRunNames
        return found
    }
}

extension PipelineTask {
    /// Whether results decide how many runs the matrix makes.
    fileprivate var hasOpenMatrix: Bool {
        matrix?.params.contains { $0.value.type == .string } ?? false
    }
}
