// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension PipelineFacts {
    /// Why the results that a task uses cannot be put in place.
    private struct MissingResult: Error {
        /// The task that should have given one.
        var task: String
    }

    /// Keeps what a finished task gave, and puts it in place where nothing else is missing.
    mutating func keepResults(of index: Int) {
        let name = nodes[index].task.name
        for result in results(of: index) {
            propagated.add(propagatedResult: result.name, of: name, result.value)
        }
        for user in nodes[index].users {
            nodes[user].openReferences -= 1
            if nodes[user].openReferences == 0 { resolve(user) }
        }
    }

    /// Keeps the artifacts that a finished task tells of, for the text of tasks written in place:
    /// `$(tasks.T.outputs.A)`, and `$(tasks.T.outputs)` for the first.
    mutating func keepArtifacts(of index: Int) {
        let node = nodes[index]
        var told = Artifacts()
        for artifacts in node.children.compactMap(\.artifacts) {
            // Those of one run stay as they are; those of a matrix are put together.
            if node.task.isMatrixed { told.merge(artifacts) } else { told = artifacts }
        }
        for (direction, artifacts) in [("inputs", told.inputs), ("outputs", told.outputs)] {
            let stem = "tasks.\(node.task.name).\(direction)"
            if let first = artifacts.first { propagated.strings[stem] = first.valuesText }
            for artifact in artifacts {
                propagated.strings["\(stem).\(artifact.name)"] = artifact.valuesText
            }
        }
    }

    /// The results of a finished task; of one with a matrix, arrays of what its runs gave, in the order of
    /// their names.
    private func results(of index: Int) -> [ResultValue] {
        let node = nodes[index]
        guard node.task.isMatrixed else { return node.children.first?.results ?? [] }
        var names: [String] = []
        var values: [String: [String]] = [:]
        for child in node.children.sorted(by: { $0.name < $1.name }) {
            for result in child.results {
                if values[result.name] == nil { names.append(result.name) }
                values[result.name, default: []].append(result.value.stringValue)
            }
        }
        return names.map { ResultValue(name: $0, value: .array(values[$0] ?? [])) }
    }

    /// How many values a matrix's runs gave for a result.
    func resultCount(_ result: String, of task: String) -> Int {
        guard let place = places[task] else { return 0 }
        return results(of: place).first { $0.name == result }?.value.arrayValue.count ?? 0
    }

    /// Puts the results that a task uses in their place, all of them or none.
    ///
    /// An element beyond an array's end, and a value that the Task's params do not take, end the run.
    private mutating func resolve(_ index: Int) {
        guard case .waiting = nodes[index].phase, verdict == nil,
            let replacements = try? replacements(for: index)
        else { return }
        for reference in nodes[index].references {
            guard let place = places[reference.pipelineTask], let element = reference.index,
                let value = results(of: place).first(where: { $0.name == reference.result }),
                value.value.type == .array, element >= value.value.arrayValue.count
            else { continue }
            verdict = Condition(
                .failed,
                reason: "PipelineValidationFailed",
                message:
                    "[User error] PipelineRun \(plan.namespace)/\(plan.name) can't be Run; couldn't "
                    + "resolve all references: array Result Index \(element) for Task "
                    + "\(reference.pipelineTask) Result \(reference.result) is out of bound of size "
                    + "\(value.value.arrayValue.count)"
            )
            return
        }
        nodes[index].task.substituteResults(replacements)
        nodes[index].isResolved = true
        verdict = PipelineTaskPreconditions.refusal(
            of: nodes[index].plan,
            nodes[index].task,
            in: plan
        )
    }

    /// What the references of a task are replaced by; throws when one has no value.
    private func replacements(for index: Int) throws(MissingResult) -> Replacements {
        var replacements = Replacements()
        for reference in nodes[index].references {
            guard let place = places[reference.pipelineTask],
                case .finished = nodes[place].phase,
                let result = results(of: place).first(where: { $0.name == reference.result })
            else { throw MissingResult(task: reference.pipelineTask) }
            replacements.add(result: result.name, of: reference.pipelineTask, result.value)
        }
        return replacements
    }

    /// The first task whose result another one uses in vain; `nil` when none is.
    func missingSource(of index: Int) -> String? {
        do throws(MissingResult) {
            _ = try replacements(for: index)
            return nil
        } catch {
            return error.task
        }
    }

    /// Why a task that would start cannot, for want of a result; `nil` when it can.
    func resultProblem(of index: Int) -> String? {
        if nodes[index].isResolved { return nil }
        for reference in nodes[index].references {
            guard let place = places[reference.pipelineTask] else {
                return
                    "Result reference error: Could not find ref \"\(reference.pipelineTask)\" in "
                    + "internal pipelineRunState"
            }
            let source = nodes[place]
            guard let first = source.children.first, first.kind == "TaskRun" else {
                return
                    "Result reference error: Internal result ref \"\(reference.pipelineTask)\" has "
                    + "zero-length TaskRuns"
            }
            if first.results.contains(where: { $0.name == reference.result }) { continue }
            if source.hasSucceeded {
                return
                    "task \"\(reference.pipelineTask)\" completed successfully but did not emit the "
                    + "result \"\(reference.result)\", which is referenced by task "
                    + "\"\(nodes[index].task.name)\""
            }
            return "Invalid task result reference: Could not find result with name "
                + "\(reference.result) for pipeline task \(reference.pipelineTask)"
        }
        return nil
    }

    // MARK: The pipeline's own results

    /// The pipeline's results, and the names of those that should be there and are not.
    ///
    /// A result of a task that did not succeed may be missing; the pipeline's is then left out.
    ///
    /// Source: `ApplyTaskResultsToPipelineResults` of Tekton.
    var pipelineResults: (values: [ResultValue], invalid: [String]) {
        var values: [ResultValue] = []
        var invalid: [String] = []
        for result in plan.spec?.results ?? [] {
            let expressions = result.expressions
            if expressions.isEmpty { continue }
            var replacements = Replacements()
            var isValid = true
            for expression in expressions {
                switch value(of: expression) {
                case .some(.some(let (task, name, value))):
                    replacements.add(pipelineResult: name, of: task, value)
                case .some(nil): isValid = false
                case nil:
                    isValid = false
                    invalid.append(result.name)
                }
            }
            guard isValid else { continue }
            var value = result.value
            value.substitute(replacements)
            values.append(ResultValue(name: result.name, value: value))
        }
        return (values, invalid)
    }

    /// What an expression stands for; an inner `nil` for what may be missing, an outer for what may not.
    private func value(of expression: String) -> (task: String, name: String, value: ParamValue)?? {
        guard let reference = ResultReference(expression),
            let place = places[reference.pipelineTask]
        else { return nil }
        let found = results(of: place).first { $0.name == reference.result }
        guard let found, case .finished = nodes[place].phase else {
            return nodes[place].statusWord == "Succeeded" ? nil : .some(nil)
        }
        if let key = reference.key, found.value.objectValue[key] == nil { return nil }
        if let index = reference.index, case .array(let elements) = found.value,
            index >= elements.count
        {
            return nil
        }
        let source = "\(reference.section).\(reference.pipelineTask)"
        return (source, reference.result, found.value)
    }
}

extension Replacements {
    /// As for a task's params, of a task in either list.
    fileprivate mutating func add(
        pipelineResult name: String,
        of source: String,
        _ value: ParamValue
    ) {
        let reference = "\(source).results.\(name)"
        switch value {
        case .string(let text): strings[reference] = text
        case .array(let elements):
            arrays[reference] = elements
            for (index, element) in elements.enumerated() {
                strings["\(reference)[\(index)]"] = element
            }
        case .object(let members):
            objects[reference] = members
            for (key, text) in members { strings["\(reference).\(key)"] = text }
        }
    }
}
