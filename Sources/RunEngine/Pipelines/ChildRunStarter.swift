// SPDX-License-Identifier: Apache-2.0
internal import Tekton

/// Makes the runs of a task that is about to start.
struct ChildRunStarter {
    var runner: PipelineRunner

    /// The runs of the task at `index`, with everything put in place that is known by now.
    func runs(
        of index: Int,
        in facts: inout PipelineFacts
    ) throws(ChildRunMaker.Refusal) -> [ChildRun] {
        facts.nodes[index].task.substituteContext(contexts(of: index, facts))
        let node = facts.nodes[index]
        if node.task.isMatrixed, let problem = matrixProblem(facts) {
            throw ChildRunMaker.Refusal(
                reason: "InvalidMatrixParameterTypes",
                message:
                    "[User error] Failed to validate matrix \"\(runner.plan.name)\" with error "
                    + problem
            )
        }
        let maker = ChildRunMaker(plan: runner.plan)
        switch node.plan.work {
        case .task(var spec, let document):
            if document == nil { spec.substitute(facts.propagated) }
            return try maker.taskRuns(of: node.plan, node.task, spec: spec).map { candidate in
                let child = PipelineFacts.Child(
                    kind: "TaskRun",
                    name: candidate.definition.metadata.name,
                    params: candidate.definition.spec.params
                )
                return ChildRun(runner: runner, work: .task(candidate), child: child)
            }
        case .pipeline:
            return try maker.pipelineRuns(of: node.plan, node.task).map { candidate in
                let child = PipelineFacts.Child(
                    kind: "PipelineRun",
                    name: candidate.definition.metadata.name,
                    params: candidate.definition.spec.params
                )
                return ChildRun(runner: runner, work: .pipeline(candidate), child: child)
            }
        }
    }

    /// `$(context.pipelineTask.retries)`, and the lengths of matrices.
    private func contexts(of index: Int, _ facts: PipelineFacts) -> Replacements {
        let task = facts.nodes[index].task
        var replacements = Replacements(strings: [
            "context.pipelineTask.retries": String(task.retries)
        ])
        for length in task.matrixLengths {
            let source = runner.plan.spec?.tasks.first { $0.name == length.task }
            guard let matrix = source?.matrix else { continue }
            if let result = length.result {
                replacements.strings[length.expression] =
                    String(facts.resultCount(result, of: length.task))
            } else {
                replacements.strings[length.expression] = String(matrix.combinationCount)
            }
        }
        return replacements
    }

    /// A matrix takes arrays, and a row strings, once every result is in its place.
    private func matrixProblem(_ facts: PipelineFacts) -> String? {
        for node in facts.nodes {
            for param in (node.task.matrix?.include ?? []).flatMap(\.params)
            where param.value.type != .string {
                return problem("string", param, node.task.name)
            }
            for param in node.task.matrix?.params ?? [] where param.value.type != .array {
                if param.value.hasReference { continue }
                return problem("array", param, node.task.name)
            }
        }
        return nil
    }

    private func problem(_ type: String, _ param: Param, _ task: String) -> String {
        "parameters of type \(type) only are allowed, but param \"\(param.name)\" has type "
            + "\"\(param.value.type.rawValue)\" in pipelineTask \"\(task)\""
    }
}
