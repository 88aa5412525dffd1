// SPDX-License-Identifier: Apache-2.0
internal import JSON
internal import Tekton

/// Makes the objects of the runs that a PipelineRun makes.
///
/// Source: `createTaskRun` and `createChildPipelineRun` in Tekton's PipelineRun reconciler.
struct ChildRunMaker {
    var plan: PipelineRunPlan

    /// Why a run cannot be made, which fails the PipelineRun.
    struct Refusal: Error {
        var reason: String
        var message: String

        static func cycle(_ name: String, in ancestors: [String]) -> Self {
            .init(
                reason: "CreateRunFailed",
                message: "detected cycle in pipeline-in-pipeline: pipeline \"\(name)\" is already "
                    + "running in ancestor chain \(ParamValueChecks.list(ancestors))"
            )
        }
    }

    /// The names of the runs of a task, whose matrix is known.
    func names(of task: PipelineTask) -> [String] {
        let count = task.isMatrixed ? task.matrix?.combinationCount ?? 1 : 1
        return ChildName.runs(of: task.name, in: plan.name, count: count)
    }

    /// The TaskRuns of a task in which every reference has been replaced.
    ///
    /// `spec` is the Task; of one that is written in place, with the results of other tasks in its text.
    func taskRuns(
        of planned: PipelineTaskPlan,
        _ task: PipelineTask,
        spec: TaskSpec
    ) throws(Refusal) -> [RunPlanner.Candidate] {
        let combinations = task.isMatrixed ? task.matrix?.combinations ?? [] : []
        let names = names(of: task)
        let params = names.indices.map { index in
            (combinations.indices.contains(index) ? combinations[index] : []) + task.params
        }
        for params in params {
            guard let problem = ParamValueChecks.choices(params, spec.params) else { continue }
            throw Refusal(
                reason: "InvalidParamValue",
                message:
                    "[User error] Invalid param value from PipelineTask \"\(task.name)\": \(problem)"
            )
        }
        let (bindings, directories) = try workspaces(of: task, spec)
        return zip(names, params).map { name, params in
            var definition = taskRun(named: name, of: planned, task, spec)
            definition.spec.params = params
            definition.spec.workspaces = bindings
            var candidate = RunPlanner.Candidate(definition: definition)
            if case .task(_, let document) = planned.work { candidate.task = document }
            candidate.place = planned.place.map {
                SpecPlace(manifest: $0.manifest, path: $0.path + ".taskSpec")
            }
            candidate.source = planned.source
            candidate.pipelineTask = task.name
            candidate.workspaceDirectories = directories
            return candidate
        }
    }

    private func taskRun(
        named name: String,
        of planned: PipelineTaskPlan,
        _ task: PipelineTask,
        _ spec: TaskSpec
    ) -> TaskRunDefinition {
        let own = plan.definition.spec.taskRunSpecs.last { $0.pipelineTaskName == task.name }
        let template = plan.definition.spec.taskRunTemplate
        var definition = TaskRunDefinition()
        definition.metadata = metadata(
            named: name,
            of: planned,
            own?.metadata,
            task.taskSpec?.metadata
        )
        if task.onError == OnError.continue.rawValue {
            definition.metadata.annotations[TaskRunPlan.onErrorAnnotation] = task.onError
        }
        definition.spec.retries = task.retries
        definition.spec.serviceAccountName =
            own.map(\.serviceAccountName).flatMap { $0.isEmpty ? nil : $0 }
            ?? template.serviceAccountName
        definition.spec.podTemplate =
            own?.podTemplate.map { $0.over(template.podTemplate) }
            ?? template.podTemplate
        definition.spec.stepSpecs = own?.stepSpecs ?? []
        definition.spec.sidecarSpecs = own?.sidecarSpecs ?? []
        definition.spec.computeResources = own?.computeResources
        definition.spec.timeout = own?.timeout ?? task.timeout ?? limit(isFinal: planned.isFinal)
        if task.taskReference != nil {
            definition.spec.taskReference = task.taskReference
        } else {
            definition.spec.taskSpec = spec
        }
        definition.setDefaults()
        return definition
    }

    /// The run's own limit, where it lets a task take longer than the default.
    private func limit(isFinal: Bool) -> GoDuration? {
        let limits = PipelineLimits(plan.definition.spec.timeouts)
        guard let limit = isFinal ? limits.finally : limits.tasks else { return nil }
        return limit == .zero || limit.nanoseconds > RunDefaults.timeout.nanoseconds ? limit : nil
    }

    // MARK: Metadata

    private func metadata(
        named name: String,
        of planned: PipelineTaskPlan,
        _ own: PipelineTaskMetadata?,
        _ embedded: PipelineTaskMetadata?
    ) -> ObjectMetadata {
        var metadata = ObjectMetadata()
        metadata.name = name
        metadata.namespace = plan.namespace
        var labels = plan.definition.metadata.labels
        labels["tekton.dev/pipelineRun"] = plan.name
        labels["tekton.dev/pipelineRunUID"] = plan.uid
        labels["tekton.dev/pipelineTask"] = planned.task.name
        labels["tekton.dev/memberOf"] = planned.isFinal ? "finally" : "tasks"
        metadata.labels = (own?.labels ?? [:])
            .merging(labels) { first, _ in first }
            .merging(embedded?.labels ?? [:]) { first, _ in first }
        let inherited = plan.definition.metadata.annotations.filter {
            !$0.key.contains("chains.tekton.dev/")
        }
        metadata.annotations = (own?.annotations ?? [:])
            .merging(inherited) { first, _ in first }
            .merging(embedded?.annotations ?? [:]) { first, _ in first }
        metadata.uninterpreted["ownerReferences"] = .array([owner])
        return metadata
    }

    private var owner: JSONValue {
        .object([
            "apiVersion": .string("tekton.dev/v1"), "kind": .string("PipelineRun"),
            "name": .string(plan.name), "uid": .string(plan.uid), "controller": .bool(true),
            "blockOwnerDeletion": .bool(true),
        ])
    }

    // MARK: Pipelines

    /// The PipelineRuns of a task that runs a pipeline.
    func pipelineRuns(
        of planned: PipelineTaskPlan,
        _ task: PipelineTask
    ) throws(Refusal) -> [PipelineCandidate] {
        let name = task.pipelineReference?.name
        if let name, plan.pipelines.contains(name) { throw .cycle(name, in: plan.pipelines) }
        let (bindings, directories) = bindings(of: task)
        return names(of: task).map { runName in
            var definition = PipelineRunDefinition()
            definition.metadata = metadata(named: runName, of: planned, nil, nil)
            if let name { definition.metadata.labels["tekton.dev/pipeline"] = name }
            definition.spec.taskRunTemplate = plan.definition.spec.taskRunTemplate
            definition.spec.params = task.params
            definition.spec.workspaces = bindings
            definition.spec.pipelineReference = task.pipelineReference
            definition.spec.pipelineSpec = task.pipelineSpec
            definition.setDefaults()
            let parent = PipelineCandidate.Parent(
                pipelines: plan.pipelines,
                workspaceDirectories: directories,
                place: planned.place
            )
            return PipelineCandidate(definition: definition, parent: parent)
        }
    }
}

extension PodTemplate {
    /// The template with what it leaves open taken from another.
    fileprivate func over(_ base: PodTemplate?) -> PodTemplate {
        guard let base else { return self }
        var merged = self
        let names = Set(environment.map(\.name))
        merged.environment += base.environment.filter { !names.contains($0.name) }
        merged.securityContext = securityContext ?? base.securityContext
        if volumes.isEmpty { merged.volumes = base.volumes }
        merged.hostNetwork = hostNetwork || base.hostNetwork
        merged.uninterpreted.merge(base.uninterpreted) { own, _ in own }
        return merged
    }
}
