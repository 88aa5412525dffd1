// SPDX-License-Identifier: Apache-2.0

/// The rules for a pipeline's specification, whether it stands alone or within a run.
struct PipelineSpecChecks {
    var pipeline: PipelineSpec
    var context: AdmissionContext

    var tasks: [PipelineTask] { pipeline.tasks }
    var finally: [PipelineTask] { pipeline.finally }

    func validate() -> FieldErrors {
        var errors = resolverGates()
        if pipeline == PipelineSpec() {
            errors += FieldErrors(
                "expected at least one, got none",
                at: ["description", "params", "resources", "tasks", "workspaces"]
            )
        }
        errors += pipelineTasks()
        errors += graph()
        errors += Self.parameters(tasks, pipeline.params, context).at("tasks")
        errors += Self.parameters(finally, pipeline.params, context).at("finally")
        errors += contextVariables(tasks).at("tasks")
        errors += contextVariables(finally).at("finally")
        errors += executionStatus()
        errors += workspaceDeclarations()
        errors += results()
        errors += childPipelineResults()
        errors += finalTasks()
        errors += whenExpressions()
        errors += artifacts()
        errors += matrices(tasks).at("tasks")
        errors += matrices(finally).at("finally")
        errors += expressionPrefixes()
        return errors
    }

    /// What holds only for a Pipeline that stands alone: everything it uses is declared.
    func usage() -> FieldErrors {
        var errors = FieldErrors.none
        for (section, tasks) in sections {
            for (index, task) in tasks.enumerated() {
                guard let spec = task.taskSpec else { continue }
                let params = ParameterChecks(
                    params: spec.task.params + pipeline.params,
                    context: context
                )
                let steps = TaskSpecChecks(task: spec.task, context: context).mergedSteps
                errors += StepListVariables(steps).declared(params).at(section, index)
            }
        }
        let params = ParameterChecks(params: pipeline.params, context: context)
        for (section, tasks) in sections {
            errors += PipelineParameterUsage(params).validate(tasks).at(section)
        }
        let names = Set(pipeline.workspaces.map(\.name))
        for (section, tasks) in sections {
            errors += Self.workspaceUsage(of: tasks, names).at(section)
        }
        return errors
    }

    /// Both lists of tasks with the names of their fields.
    var sections: [(field: String, tasks: [PipelineTask])] {
        [("tasks", tasks), ("finally", finally)]
    }

    // MARK: Tasks

    /// Tekton names the tasks of both lists `tasks` here.
    private func resolverGates() -> FieldErrors {
        var errors = FieldErrors.none
        for (_, tasks) in sections {
            for (index, task) in tasks.enumerated() {
                guard let reference = task.taskReference else { continue }
                var found = FieldErrors.none
                if !reference.resolver.isEmpty {
                    found += context.requires(.beta, for: "taskref.resolver", at: "taskRef")
                }
                if !(reference.resolverParams ?? []).isEmpty {
                    found += context.requires(.beta, for: "taskref.params", at: "taskRef")
                }
                errors += found.at("tasks", index)
            }
        }
        return errors
    }

    private func pipelineTasks() -> FieldErrors {
        var names: Set<String> = []
        var errors = FieldErrors.none
        for (section, tasks) in sections {
            for (index, task) in tasks.enumerated() {
                let checks = PipelineTaskChecks(task: task, context: context)
                var found = checks.name()
                if !names.insert(task.name).inserted { found += .multipleOneOf("name") }
                found += checks.validate()
                errors += found.at(section, index)
            }
        }
        return errors
    }

    // MARK: Parameters

    /// Types and enums of the pipeline's parameters, and none given twice to one task.
    static func parameters(
        _ tasks: [PipelineTask],
        _ params: [ParamSpec],
        _ context: AdmissionContext
    ) -> FieldErrors {
        let checks = ParameterChecks(params: params, context: context)
        var errors = checks.types().at("params")
        errors += checks.duplicates()
        errors += checks.enums().at("params")
        for (index, task) in tasks.enumerated() {
            errors += duplicates(task.params).at("params").at(index)
        }
        return errors
    }

    /// Parameters that are given twice in one list.
    static func duplicates(_ params: [Param]) -> FieldErrors {
        var names: Set<String> = []
        var errors = FieldErrors.none
        for (index, param) in params.enumerated() where !names.insert(param.name).inserted {
            errors += FieldErrors(
                "parameter names must be unique, the parameter \"\(param.name)\" is also defined at",
                at: "name"
            ).at(index)
        }
        return errors
    }

    // MARK: Workspaces

    private func workspaceDeclarations() -> FieldErrors {
        var names: Set<String> = []
        var errors = FieldErrors.none
        for (index, workspace) in pipeline.workspaces.enumerated() {
            if workspace.name.isEmpty {
                errors += .invalid("workspace \(index) has empty name").at("workspaces", index)
            }
            if !names.insert(workspace.name).inserted {
                errors += .invalid(
                    "workspace with name \(GoQuotedText.of(workspace.name)) appears more than once"
                ).at("workspaces", index)
            }
        }
        return errors
    }

    /// Tasks use workspaces of those names only.
    static func workspaceUsage(of tasks: [PipelineTask], _ names: Set<String>) -> FieldErrors {
        tasks.enumerated().reduce(into: .none) {
            $0 += workspaceUsage(of: $1.element, names).at($1.offset)
        }
    }

    static func workspaceUsage(of task: PipelineTask, _ names: Set<String>) -> FieldErrors {
        var seen: Set<String> = []
        var errors = FieldErrors.none
        for (index, workspace) in task.workspaces.enumerated() {
            if !seen.insert(workspace.name).inserted {
                errors += FieldErrors(
                    "workspace name \(GoQuotedText.of(workspace.name)) must be unique"
                ).at("workspaces", index)
            }
            let wanted = workspace.workspace.isEmpty ? workspace.name : workspace.workspace
            if !names.contains(wanted) {
                errors += .invalid(
                    "pipeline task \(GoQuotedText.of(task.name)) expects workspace with name"
                        + " \(GoQuotedText.of(wanted)) but none exists in pipeline spec"
                ).at("workspaces", index)
            }
        }
        return errors
    }
}
