// SPDX-License-Identifier: Apache-2.0

/// The rules for a PipelineRun.
struct PipelineRunChecks {
    var run: PipelineRunSpec
    var context: AdmissionContext
    /// The time limits that a task's own must not exceed; `nil` where `tekton.dev/v1beta1` looks at the
    /// default only.
    var limits: PipelineTimeouts?

    func validate() -> FieldErrors {
        var errors = pipeline()
        errors += params()
        errors += propagatedParameters()
        if context.isV1Beta1 { errors += propagatedWorkspaces() }
        errors += PipelineTimeoutChecks(timeouts: limits).validate()
        for (index, spec) in run.taskRunSpecs.enumerated() {
            errors += taskRunSpec(spec).at("taskRunSpecs", index)
        }
        errors += status()
        errors += workspaces()
        return errors
    }

    private func pipeline() -> FieldErrors {
        var errors = FieldErrors.none
        switch (run.pipelineReference, run.pipelineSpec) {
        case (nil, nil): errors += .missingOneOf("pipelineRef", "pipelineSpec")
        case (_?, _?): errors += .multipleOneOf("pipelineRef", "pipelineSpec")
        default: break
        }
        if let reference = run.pipelineReference {
            errors += ReferenceChecks(reference, context).validate().at("pipelineRef")
        }
        if let pipeline = run.pipelineSpec {
            errors += PipelineSpecChecks(pipeline: pipeline, context: context).validate()
                .at("pipelineSpec")
        }
        return errors
    }

    private func params() -> FieldErrors {
        var errors = DuplicateNames.byKey(run.params.map(\.name)).at("params")
        for param in run.params {
            let expressions = VariableExpressions.all(in: param.value)
                .filter(ResultReference.looksLikeOne)
            guard expressions.contains(where: { ResultReference($0) != nil }) else { continue }
            errors += .invalid(
                "cannot use result expressions in \(ParameterChecks.list(expressions)) as"
                    + " PipelineRun parameter values",
                at: "value"
            ).at("params", key: param.name)
        }
        return errors
    }

    /// Steps and tasks written within the run may use parameters that only the run gives.
    private func propagatedParameters() -> FieldErrors {
        guard let pipeline = run.pipelineSpec else { return .none }
        var propagated = PropagatedParameters(given: run.params)
        propagated.combine(pipeline.params)
        for task in pipeline.tasks {
            propagated.append(task.params)
            propagated.combine(task.taskSpec?.task.params ?? [])
        }
        var errors = propagated.errors
        guard !pipeline.tasks.isEmpty else { return errors }
        let params = ParameterChecks(params: propagated.params, context: context)
        for (index, task) in pipeline.tasks.enumerated() {
            guard let spec = task.taskSpec?.task, !spec.steps.isEmpty else { continue }
            let steps = TaskSpecChecks(task: spec, context: context).mergedSteps
            errors += params.types()
            var found = TaskSpecChecks.parameterVariables(steps, params)
            found += StepListVariables(steps).declared(params)
            errors += found.pointing(within: "pipelineSpec.tasks[\(index)].taskSpec")
        }
        errors += PipelineSpecChecks.parameters(pipeline.tasks, params.params, context)
        errors += PipelineParameterUsage(params).validate(pipeline.tasks)
            .pointing(within: "pipelineSpec.tasks")
        return errors
    }

    /// Tasks use workspaces that the run, the pipeline or an earlier task names.
    private func propagatedWorkspaces() -> FieldErrors {
        guard let pipeline = run.pipelineSpec else { return .none }
        var names = Set(run.workspaces.map(\.name) + pipeline.workspaces.map(\.name))
        var errors = FieldErrors.none
        for tasks in [pipeline.tasks, pipeline.finally] {
            for (index, task) in tasks.enumerated() {
                names.formUnion(task.workspaces.map(\.name))
                errors += PipelineSpecChecks.workspaceUsage(of: task, names).at(index)
            }
        }
        return errors
    }

    private func taskRunSpec(_ spec: PipelineTaskRunSpec) -> FieldErrors {
        var errors = OverrideChecks(
            steps: spec.stepSpecs,
            sidecars: spec.sidecarSpecs,
            computeResources: spec.computeResources,
            context: context
        ).validate()
        errors += PipelineTimeoutChecks(timeouts: limits).validate(taskRunTimeout: spec.timeout)
        return errors
    }

    private func status() -> FieldErrors {
        let known = [
            "", "Cancelled", "CancelledRunFinally", "StoppedRunFinally", "PipelineRunPending",
        ]
        guard !known.contains(run.status) else { return .none }
        return .invalid(
            "\(run.status) should be Cancelled, CancelledRunFinally, StoppedRunFinally or"
                + " PipelineRunPending",
            at: "status"
        )
    }

    private func workspaces() -> FieldErrors {
        var indices: [String: Int] = [:]
        var errors = FieldErrors.none
        for (index, workspace) in run.workspaces.enumerated() {
            errors += WorkspaceBindingChecks.validate(workspace).at("workspaces", index)
            if let first = indices[workspace.name] {
                errors += FieldErrors(
                    "workspace \(GoQuotedText.of(workspace.name)) provided by pipelinerun more than"
                        + " once, at index \(first) and \(index)",
                    at: "name"
                ).at("workspaces", index)
            }
            indices[workspace.name] = index
        }
        return errors
    }
}
