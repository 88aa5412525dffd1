// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Diagnostics
internal import JSON
internal import Tekton

/// Makes the tasks of a PipelineRun's plan: params replaced, Tasks found, references checked.
///
/// Source: `reconcile` in Tekton's PipelineRun reconciler, up to the first TaskRun.
struct PipelineGraphBuilder {
    var planner: RunPlanner
    /// The pipeline as written.
    var declared: PipelineSpec
    var place: SpecPlace?

    /// Fills in the plan, or refuses it.
    func build(_ plan: inout PipelineRunPlan) throws -> [Diagnostic] {
        let spec: PipelineSpec
        do throws(PipelineParamProblem) {
            spec = try substituted(plan)
        } catch {
            plan.refuse(
                "PipelineValidationFailed",
                "[User error] Failed to apply parameters to Pipeline "
                    + "\(plan.namespace)/\(plan.pipelineName): \(error)"
            )
            return []
        }
        plan.spec = spec
        let given = Replacements.pipelineParams(given: plan.definition.spec.params)
        plan.bindings = plan.definition.spec.workspaces.map { binding in
            var binding = binding
            binding.substitute(given)
            return binding
        }
        if let problem = matrixProblem(spec) {
            plan.refuse(
                "PipelineValidationFailed",
                "[User error] Pipeline \(plan.namespace)/\(plan.pipelineName) can't be Run; it has an "
                    + "invalid spec: \(problem)"
            )
            return []
        }
        var diagnostics = findTasks(of: spec, &plan)
        if plan.refusal == nil {
            plan.refusal = PipelineTaskPreconditions(plan: plan, declared: declared).refusal
        }
        if plan.refusal != nil { return diagnostics }
        try makeClaims(&plan)
        diagnostics += try ProvisionalRuns(planner: plan.planner).look(ahead: &plan)
        return diagnostics
    }

    private func substituted(
        _ plan: PipelineRunPlan
    ) throws(PipelineParamProblem) -> PipelineSpec {
        var spec = declared
        spec.substitute(
            try .pipelineParams(declared: declared.params, given: plan.definition.spec.params)
        )
        spec.substitute(plan.contextReplacements(pipelineName: plan.pipelineName))
        var bound = Replacements()
        for workspace in declared.workspaces {
            bound.strings["workspaces.\(workspace.name).bound"] = "false"
        }
        for workspace in plan.definition.spec.workspaces {
            bound.strings["workspaces.\(workspace.name).bound"] = "true"
        }
        spec.substitute(bound)
        return spec
    }

    private func matrixProblem(_ spec: PipelineSpec) -> String? {
        for (list, tasks) in [("tasks", spec.tasks), ("finally", spec.finally)] {
            for (index, task) in tasks.enumerated() where task.isMatrixed {
                let count = task.matrix?.combinationCount ?? 0
                let limit = RunDefaults.matrixCombinationLimit
                if count > limit {
                    return "expected 0 <= \(count) <= \(limit): \(list)[\(index)].matrix"
                }
            }
        }
        return nil
    }

    // MARK: Tasks

    private func findTasks(of spec: PipelineSpec, _ plan: inout PipelineRunPlan) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let places = Dictionary(
            spec.tasks.enumerated().map { ($0.element.name, $0.offset) }
        ) { first, _ in first }
        for (index, task) in (spec.tasks + spec.finally).enumerated() {
            let isFinal = index >= spec.tasks.count
            let own = isFinal ? declared.finally[index - spec.tasks.count] : declared.tasks[index]
            let list = isFinal ? "finally[\(index - spec.tasks.count)]" : "tasks[\(index)]"
            let place = place.map { SpecPlace(manifest: $0.manifest, path: "\($0.path).\(list)") }
            let resolved = resolved(task, at: place, plan, &diagnostics)
            let found = resolved.flatMap(PipelineTaskPlan.Work.init)
            guard let work = found ?? work(of: task, at: place, &plan, &diagnostics) else {
                continue
            }
            plan.tasks.append(
                PipelineTaskPlan(
                    task: task,
                    isFinal: isFinal,
                    work: work,
                    parents: isFinal ? [] : own.dependencies.compactMap { places[$0] },
                    source: resolved?.source,
                    place: place
                )
            )
        }
        return diagnostics
    }

    /// What a resolver has fetched for the task.
    ///
    /// Tekton asks resolvers before the first task runs, so that nothing they are asked for can be a result.
    private func resolved(
        _ task: PipelineTask,
        at place: SpecPlace?,
        _ plan: PipelineRunPlan,
        _ diagnostics: inout [Diagnostic]
    ) -> ResolvedReference? {
        var request: ReferenceRequest?
        var field = "taskRef"
        if let reference = task.taskReference {
            request = ReferenceRequest(task: reference, in: plan.namespace)
        } else if let reference = task.pipelineReference {
            field = "pipelineRef"
            var given = Replacements.pipelineParams(given: plan.definition.spec.params)
            given.strings.merge(plan.contextReplacements(pipelineName: "").strings) { $1 }
            request = ReferenceRequest(pipeline: reference, in: plan.namespace, given)
        }
        if request?.waitsForResults == true {
            diagnostics.append(
                Diagnostic(
                    at: place?.location(of: "\(field).params"),
                    path: place.map { "\($0.path).\(field).params" } ?? field,
                    "a resolver is asked before any task has run, and cannot be given a result"
                )
            )
        }
        return planner.resolved(request, place, "\(field).resolver")
    }

    /// What the task runs; `nil` when there is no such document, which refuses the run.
    private func work(
        of task: PipelineTask,
        at place: SpecPlace?,
        _ plan: inout PipelineRunPlan,
        _ diagnostics: inout [Diagnostic]
    ) -> PipelineTaskPlan.Work? {
        if let spec = task.taskSpec?.task { return .task(spec, document: nil) }
        if let spec = task.pipelineSpec { return .pipeline(spec, document: nil) }
        let pipeline = "Pipeline \(plan.namespace)/\(plan.pipelineName)"
        if let name = task.pipelineReference?.name {
            if let found = planner.pipeline(named: name, in: plan.namespace) {
                return .pipeline(found.definition.spec, document: found)
            }
            let hint = planner.hint(forMissingPipeline: name)
            diagnostics.append(missing("Pipeline", name, "pipelineRef.name", plan, place, hint))
            plan.refuse(
                "CouldntGetPipeline",
                "\(pipeline) can't be Run; it contains child Pipelines that don't exist: Couldn't "
                    + "retrieve Pipeline \"\(name)\": pipelines.tekton.dev \"\(name)\" not found"
            )
            return nil
        }
        let name = task.taskReference?.name ?? ""
        if let found = planner.task(named: name, in: plan.namespace) {
            return .task(found.definition.spec, document: found)
        }
        let hint = planner.hint(forMissingTask: name)
        diagnostics.append(missing("Task", name, "taskRef.name", plan, place, hint))
        plan.refuse(
            "CouldntGetTask",
            "\(pipeline) can't be Run; it contains Tasks that don't exist: Couldn't retrieve Task "
                + "\"\(name)\": tasks.tekton.dev \"\(name)\" not found"
        )
        return nil
    }

    private func missing(
        _ kind: String,
        _ name: String,
        _ field: String,
        _ plan: PipelineRunPlan,
        _ place: SpecPlace?,
        _ hint: String?
    ) -> Diagnostic {
        Diagnostic(
            .warning,
            at: place?.location(of: field),
            path: place.map { "\($0.path).\(field)" } ?? "",
            "no \(kind) `\(name)` in namespace `\(plan.namespace)` among the files",
            hint: hint
        )
    }

    // MARK: Workspaces

    /// Each claim template makes one volume, whose name tells the workspace and the run.
    private func makeClaims(_ plan: inout PipelineRunPlan) throws {
        for binding in plan.bindings where binding.volumeClaimTemplate != nil {
            let identity = Array((binding.name + plan.uid).utf8)
            let digest = try SHA256.digest(of: identity.span)
            let digits = Array("0123456789abcdef".utf8)
            let text = digest.prefix(5).flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] }
            let metadata = binding.volumeClaimTemplate?["metadata"]
            let stem = metadata?["name"]?.string ?? "pvc"
            plan.claims[binding.name] = "\(stem)-\(String(decoding: text, as: UTF8.self))"
        }
    }
}

extension PipelineRunPlan {
    /// What `$(context...)` stands for in the pipeline.
    func contextReplacements(pipelineName: String) -> Replacements {
        Replacements(strings: [
            "context.pipelineRun.name": name,
            "context.pipeline.name": pipelineName,
            "context.pipelineRun.namespace": namespace,
            "context.pipelineRun.uid": uid,
        ])
    }

    /// Refuses the run, unless it is refused already.
    mutating func refuse(_ reason: String, _ message: String) {
        refusal = refusal ?? Condition(.failed, reason: reason, message: message)
    }
}
