// SPDX-License-Identifier: Apache-2.0
internal import Tekton

extension RunPlanner {
    /// What a resolver has fetched for a TaskRun's `taskRef`; `nil` for one that names no resolver.
    func resolvedTask(of run: ValidatedTaskRun) -> ResolvedReference? {
        guard let reference = run.definition.spec.taskReference else { return nil }
        let given = options.params.map { argument in
            var param = Param()
            param.name = argument.name
            param.value = .string(argument.text)
            return param
        }
        return ReferenceRequest(
            task: reference,
            in: namespace(of: run.definition.metadata),
            run.definition.spec.params + given
        ).flatMap { documents.resolved[$0] }
    }
}
