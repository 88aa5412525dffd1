// SPDX-License-Identifier: Apache-2.0

/// The rules for a task's specification, whether it stands alone or within a run.
struct TaskSpecChecks {
    var task: TaskSpec
    var context: AdmissionContext

    /// The steps as they run, with the template laid under them.
    ///
    /// `tekton.dev/v1beta1` loses some fields in doing so.
    var mergedSteps: [StepDefinition] {
        guard let template = task.stepTemplate else { return task.steps }
        return task.steps.map { step in
            var merged = template.applied(to: step)
            if context.isV1Beta1, step.reference == nil {
                merged.results = []
                merged.params = []
                merged.workspaces = []
            }
            return merged
        }
    }

    func validate() -> FieldErrors {
        let steps = mergedSteps
        var errors = FieldErrors.none
        if task.steps.isEmpty { errors += .missing("steps") }
        errors += volumes().at("volumes")
        errors += workspaces().at("workspaces")
        errors += workspaceUsages()
        errors += validate(steps).at("steps")
        errors += sidecars()
        let params = ParameterChecks(params: task.params, context: context)
        errors += params.types().at("params")
        errors += Self.parameterVariables(steps, params)
        let variables = StepListVariables(steps)
        errors += variables.contextVariables()
        errors += variables.results(task.results)
        errors += ResultChecks.validate(task.results).at("results")
        return errors
    }

    /// Names and enums of the parameters, and arrays used where they may stand.
    static func parameterVariables(
        _ steps: [StepDefinition],
        _ params: ParameterChecks
    ) -> FieldErrors {
        var errors = params.duplicates()
        errors += params.enums().at("params")
        errors += params.nameFormats()
        errors += StepListVariables(steps).arrays(params.names(of: .array))
        return errors
    }

    // MARK: Volumes and workspaces

    private func volumes() -> FieldErrors {
        var names: Set<String> = []
        var errors = FieldErrors.none
        for (index, volume) in task.volumes.enumerated()
        where !names.insert(volume.name).inserted {
            errors += FieldErrors(
                "multiple volumes with same name \(GoQuotedText.of(volume.name))",
                at: "name"
            ).at(index)
        }
        return errors
    }

    private func workspaces() -> FieldErrors {
        let mounts = task.steps.flatMap(\.volumeMounts) + (task.stepTemplate?.volumeMounts ?? [])
        var paths = Set(mounts.map { CleanPath.of($0.mountPath) })
        var names: Set<String> = []
        var errors = FieldErrors.none
        for (index, workspace) in task.workspaces.enumerated() {
            if !names.insert(workspace.name).inserted {
                errors += FieldErrors(
                    "workspace name \(GoQuotedText.of(workspace.name)) must be unique",
                    at: "name"
                ).at(index)
            }
            let path = CleanPath.of(workspace.effectiveMountPath)
            if !paths.insert(path).inserted {
                errors += FieldErrors(
                    "workspace mount path \(GoQuotedText.of(path)) must be unique",
                    at: "mountpath"
                ).at(index)
            }
        }
        return errors
    }

    private func workspaceUsages() -> FieldErrors {
        let names = Set(task.workspaces.map(\.name))
        var errors = FieldErrors.none
        for (index, step) in task.steps.enumerated() {
            errors += usages(step.workspaces, of: names, "step workspaces").at("steps", index)
        }
        for (index, sidecar) in task.sidecars.enumerated() {
            errors += usages(sidecar.workspaces, of: names, "sidecar workspaces")
                .at("sidecars", index)
        }
        return errors
    }

    private func usages(
        _ usages: [WorkspaceUsage],
        of names: Set<String>,
        _ feature: String
    ) -> FieldErrors {
        guard !usages.isEmpty else { return .none }
        var errors = context.requires(.beta, for: feature, at: "workspaces")
        for (index, usage) in usages.enumerated() where !names.contains(usage.name) {
            errors += FieldErrors(
                "undefined workspace \(GoQuotedText.of(usage.name))",
                at: "name"
            ).at("workspaces", index)
        }
        return errors
    }
}
