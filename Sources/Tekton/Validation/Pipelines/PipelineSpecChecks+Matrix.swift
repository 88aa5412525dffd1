// SPDX-License-Identifier: Apache-2.0

extension PipelineSpecChecks {
    /// The rules for fanning out, and for using the results of a task that does.
    func matrices(_ tasks: [PipelineTask]) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, task) in tasks.enumerated() { errors += matrix(of: task).at(index) }
        errors += matrixResults(tasks)
        return errors
    }

    private func matrix(of task: PipelineTask) -> FieldErrors {
        guard let matrix = task.matrix else { return .none }
        var errors = FieldErrors.none
        if task.isMatrixed {
            errors += context.requires(.beta, for: "matrix", at: "matrix")
            let count = matrix.combinationCount
            if count > RunDefaults.matrixCombinationLimit {
                errors += FieldErrors(
                    "expected 0 <= \(count) <= \(RunDefaults.matrixCombinationLimit)",
                    at: "matrix"
                )
            }
            for (index, include) in matrix.include.enumerated() {
                errors += Self.duplicates(include.params).at("matrix.include[\(index)].params")
            }
            errors += Self.duplicates(matrix.params).at("matrix.params")
        }
        let names = Set((matrix.params + matrix.include.flatMap(\.params)).map(\.name))
        for param in task.params where names.contains(param.name) {
            errors += .multipleOneOf("matrix[\(param.name)]", "params[\(param.name)]")
        }
        return errors
    }

    /// Results of a task that fans out are used as a whole, and are strings.
    private func matrixResults(_ tasks: [PipelineTask]) -> FieldErrors {
        let byName = Dictionary(tasks.map { ($0.name, $0) }) { $1 }
        var references: [ResultReference] = []
        for (index, task) in tasks.enumerated() {
            for param in task.params {
                let expressions = VariableExpressions.all(in: param.value)
                    .filter(ResultReference.looksLikeOne)
                guard !expressions.isEmpty else { continue }
                let used = expressions.filter { Self.isMatrixed($0, byName) }
                let partial = used.filter { !$0.hasSuffix("[*]") }
                guard partial.isEmpty else {
                    return partial.reduce(into: .none) {
                        $0 += FieldErrors(
                            "A matrixed pipelineTask can only be consumed in aggregate using [*]"
                                + " notation, but is currently set to \($1)"
                        )
                    }.at("value").at("params", key: param.name).at(index)
                }
                references = used.compactMap { ResultReference($0) }
            }
        }
        return references.reduce(into: .none) { $0 += stringResult($1, byName) }
    }

    private static func isMatrixed(_ expression: String, _ tasks: [String: PipelineTask]) -> Bool {
        let parts = expression.split(separator: ".", omittingEmptySubsequences: false)
        return parts.count > 1 && tasks[String(parts[1])]?.isMatrixed == true
    }

    private func stringResult(
        _ reference: ResultReference,
        _ tasks: [String: PipelineTask]
    ) -> FieldErrors {
        guard let task = tasks[reference.pipelineTask] else { return .none }
        let source = task.taskReference.map { tasks[$0.name] } ?? task
        let results = source?.taskSpec?.task.results ?? []
        var errors = FieldErrors.none
        for result in results where result.name == reference.result && result.type != .string {
            errors += .invalid(
                "Matrixed PipelineTasks emitting results must have an underlying type string, but"
                    + " result \(result.name) has type \(result.type?.rawValue ?? "") in pipelineTask"
            )
        }
        return errors
    }
}

extension Matrix {
    /// How many combinations the matrix gives before variables are replaced; at most `Int.max`.
    package var combinationCount: Int {
        let fromParams = params.isEmpty ? 0 : params.reduce(1, Self.product)
        let (sum, overflow) = fromParams.addingReportingOverflow(newCombinationCount)
        return overflow ? .max : sum
    }

    private static func product(_ count: Int, _ param: Param) -> Int {
        let elements = param.value.arrayValue.count
        guard elements > 0 else { return count }
        let (product, overflow) = count.multipliedReportingOverflow(by: elements)
        return overflow ? .max : product
    }

    /// The combinations that the rows add to those of the parameters.
    private var newCombinationCount: Int {
        if params.isEmpty { return include.count }
        let values = Dictionary(params.map { ($0.name, $0.value.arrayValue) }) { $1 }
        var count = 0
        for row in include {
            for param in row.params {
                guard let known = values[param.name] else { continue }
                if known.contains(param.value.stringValue) { break }
                count += 1
            }
        }
        return count
    }
}
