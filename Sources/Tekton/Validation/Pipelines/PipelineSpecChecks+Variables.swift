// SPDX-License-Identifier: Apache-2.0

extension PipelineSpecChecks {
    /// Context variables are ones that exist.
    ///
    /// Tekton looks at the last task of the list only, and names no index.
    func contextVariables(_ tasks: [PipelineTask]) -> FieldErrors {
        let known: [(VariablePrefix, Set<String>)] = [
            (.pipelineRunContext, ["name", "namespace", "uid"]),
            (.pipelineContext, ["name"]),
            (.pipelineTaskContext, ["retries"]),
        ]
        let texts = tasks.last?.allParams.texts ?? []
        var errors = FieldErrors.none
        for (prefix, names) in known {
            for text in texts { errors += VariableRules.known(text, prefix, names).at("value") }
        }
        return errors.isEmpty ? errors : errors.pointing(to: "[\(tasks.count - 1)].params")
    }

    // MARK: Execution status

    /// Only final tasks may ask how others ended, and only of tasks that are there.
    func executionStatus() -> FieldErrors {
        let names = Set(tasks.map(\.name))
        return eachExpression(of: tasks, at: "tasks", refuseStatus)
            + eachExpression(of: finally, at: "finally") { statusOfKnown($0, names) }
    }

    /// Applies a rule to the expressions of every parameter and condition.
    func eachExpression(
        of tasks: [PipelineTask],
        at section: String,
        _ rule: ([String]) -> FieldErrors
    ) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, task) in tasks.enumerated() {
            for param in task.params {
                errors += rule(VariableExpressions.all(in: param.value)).at("value")
                    .at("params", key: param.name).at(section, index)
            }
            for (place, when) in task.when.enumerated() {
                errors += rule(VariableExpressions.all(in: when)).at("when", place)
                    .at(section, index)
            }
        }
        return errors
    }

    /// Expressions that ask for a status or reason; none where a result is among them.
    private func statusReferences(_ expressions: [String]) -> [String] {
        if expressions.contains(where: ResultReference.looksLikeOne) { return [] }
        return expressions.filter {
            $0.hasPrefix("tasks.") && ($0.hasSuffix(".status") || $0.hasSuffix(".reason"))
        }
    }

    private func refuseStatus(_ expressions: [String]) -> FieldErrors {
        statusReferences(expressions).isEmpty
            ? .none
            : .invalid(
                "pipeline tasks can not refer to execution status of any other pipeline task or"
                    + " aggregate status of tasks"
            )
    }

    private func statusOfKnown(_ expressions: [String], _ names: Set<String>) -> FieldErrors {
        var errors = FieldErrors.none
        for expression in statusReferences(expressions) where expression != "tasks.status" {
            let name = String(expression.dropFirst("tasks.".count).dropLast(".status".count))
            if !names.contains(name) {
                errors += .invalid("pipeline task \(name) is not defined in the pipeline")
            }
        }
        return errors
    }

    // MARK: Conditions and artifacts

    func whenExpressions() -> FieldErrors {
        var errors = FieldErrors.none
        for (section, tasks) in sections {
            for (index, task) in tasks.enumerated() {
                errors += WhenChecks(expressions: task.when, context: context).validate()
                    .at(section, index)
            }
        }
        return errors
    }

    /// The first use of another task's artifacts, behind its gate.
    func artifacts() -> FieldErrors {
        guard !context.gates.allowsArtifacts else { return .none }
        for (section, tasks) in sections {
            for (index, task) in tasks.enumerated()
            where task.params.texts.contains(where: StepReferences.hasTaskArtifact) {
                return FieldErrors(
                    "feature flag enable-artifacts should be set to true to use artifacts feature."
                ).at("params").at(section, index)
            }
        }
        return .none
    }

    // MARK: Prefixes

    /// An expression starts with something that Tekton substitutes.
    func expressionPrefixes() -> FieldErrors {
        var errors = FieldErrors.none
        for (section, tasks) in sections {
            for (index, task) in tasks.enumerated() {
                errors += prefixes(of: task).at(section, index)
            }
        }
        return errors
    }

    private func prefixes(of task: PipelineTask) -> FieldErrors {
        var errors = FieldErrors.none
        func params(_ params: [Param], at path: String) -> FieldErrors {
            params.reduce(into: .none) {
                $0 += Self.prefixes(VariableExpressions.all(in: $1.value)).at("value")
                    .at(path, key: $1.name)
            }
        }
        errors += params(task.params, at: "params")
        for (index, when) in task.when.enumerated() {
            errors += Self.prefixes(VariableExpressions.all(in: when)).at("when", index)
        }
        errors += params(task.matrix?.params ?? [], at: "matrix.params")
        for (index, include) in (task.matrix?.include ?? []).enumerated() {
            errors += params(include.params, at: "params").at("matrix.include", index)
        }
        return errors
    }

    private static let prefixes: Set = [
        "params", "tasks", "finally", "context", "workspaces", "results",
    ]

    private static func prefixes(_ expressions: [String]) -> FieldErrors {
        var errors = FieldErrors.none
        for expression in expressions {
            let prefix = expression.prefix { $0 != "." }
            guard !prefixes.contains(String(prefix)) else { continue }
            errors += .invalid(
                "invalid variable reference \"$(\(expression))\", must start with a valid prefix:"
                    + " params, tasks, finally, context, workspaces, or results; if you meant a"
                    + " shell variable, use ${VAR} instead"
            )
        }
        return errors
    }
}
