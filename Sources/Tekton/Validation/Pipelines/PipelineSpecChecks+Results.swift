// SPDX-License-Identifier: Apache-2.0

extension PipelineSpecChecks {
    /// The pipeline's results are made of results of its tasks.
    func results() -> FieldErrors {
        var errors = FieldErrors.none
        for (index, result) in pipeline.results.enumerated() {
            errors += validate(result).at("value").at("results", index)
        }
        return errors
    }

    private func validate(_ result: PipelineResult) -> FieldErrors {
        var errors = FieldErrors.none
        let expressions = VariableExpressions.all(in: result.value)
        let expected = "expected pipeline results to be task result expressions but"
        if expressions.isEmpty { errors += .invalid("\(expected) no expressions were found") }
        let lookalikes = expressions.filter(ResultReference.looksLikeOne)
        if lookalikes.isEmpty { errors += .invalid("\(expected) an invalid expressions was found") }
        let references = lookalikes.compactMap { ResultReference($0) }
        if references.count != lookalikes.count {
            errors += .invalid(
                "expected all of the expressions \(ParameterChecks.list(lookalikes)) to be result"
                    + " expressions but only \(references.count) were"
            )
        }
        if !namesKnownTasks(result.value.stringValue) {
            errors += .invalid("referencing a nonexistent task")
        }
        return errors
    }

    /// Whether a text consists of references to results of the pipeline's own tasks.
    ///
    /// Text after a reference passes, text before the first does not: Tekton cuts at each dollar sign.
    private func namesKnownTasks(_ text: String) -> Bool {
        text.split(separator: "$").allSatisfy { piece in
            var inner = piece
            if inner.hasPrefix("(") { inner = inner.dropFirst() }
            if inner.hasSuffix(")") { inner = inner.dropLast() }
            let isWhole = piece.hasPrefix("(")
            let expression = isWhole ? String(inner) : "$" + inner
            guard let reference = ResultReference(expression) else { return false }
            let names = reference.section == "tasks" ? tasks : finally
            return names.contains { $0.name == reference.pipelineTask }
        }
    }

    /// Results of a child pipeline cannot be used.
    func childPipelineResults() -> FieldErrors {
        let children = Set(
            tasks.filter { $0.pipelineReference != nil || $0.pipelineSpec != nil }.map(\.name)
        )
        guard !children.isEmpty else { return .none }
        var errors = FieldErrors.none
        for (section, tasks) in sections {
            for (index, task) in tasks.enumerated() {
                for reference in references(of: task)
                where children.contains(reference.pipelineTask) {
                    errors += .invalid(
                        "result reference to pipelineTask \(GoQuotedText.of(reference.pipelineTask))"
                            + " is not supported: referenced task uses pipelineRef or pipelineSpec"
                            + " and result propagation from child Pipelines is not yet implemented"
                    ).at(section, index)
                }
            }
        }
        return errors
    }

    /// What holds for tasks of `finally` only.
    func finalTasks() -> FieldErrors {
        var errors = FieldErrors.none
        if tasks.isEmpty, !finally.isEmpty {
            errors += .invalid(
                "spec.tasks is empty but spec.finally has \(finally.count) tasks",
                at: "finally"
            )
        }
        for (index, task) in finally.enumerated() where !task.runAfter.isEmpty {
            errors += .invalid(
                "no runAfter allowed under spec.finally, final task \(task.name) has runAfter"
                    + " specified"
            ).at("finally", index)
        }
        let names = Set(tasks.map(\.name))
        let finalNames = Set(finally.map(\.name))
        errors += eachExpression(of: finally, at: "finally") { expressions in
            Self.finalReferences(expressions, names, finalNames)
        }
        return errors
    }

    private static func finalReferences(
        _ expressions: [String],
        _ names: Set<String>,
        _ finalNames: Set<String>
    ) -> FieldErrors {
        var errors = FieldErrors.none
        for reference in expressions.compactMap({ ResultReference($0) }) {
            let name = reference.pipelineTask
            if finalNames.contains(name) {
                errors += .invalid(
                    "invalid task result reference, final task has task result reference from a"
                        + " final task \(name)"
                )
            } else if !names.contains(name) {
                errors += .invalid(
                    "invalid task result reference, final task has task result reference from a"
                        + " task \(name) which is not defined in the pipeline"
                )
            }
        }
        return errors
    }
}
