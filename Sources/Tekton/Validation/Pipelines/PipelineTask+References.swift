// SPDX-License-Identifier: Apache-2.0

extension PipelineTask {
    /// The parameters of the task, of its matrix and of the matrix's rows.
    package var allParams: [Param] {
        params + (matrix?.params ?? []) + (matrix?.include ?? []).flatMap(\.params)
    }

    /// Whether the task fans out.
    package var isMatrixed: Bool {
        matrix.map { !$0.params.isEmpty || !$0.include.isEmpty } ?? false
    }

    /// The results of other tasks that this one uses: in its parameters and conditions, and in the text of steps
    /// and sidecars written in place.
    package var resultReferences: [ResultReference] {
        let steps = taskSpec?.task.steps ?? []
        return references(steps: steps, sidecars: taskSpec?.task.sidecars ?? [])
    }

    /// The tasks that must come before this one: those of `runAfter` and those whose results it uses; sorted.
    package var dependencies: [String] {
        Set(runAfter + resultReferences.map(\.pipelineTask)).sorted()
    }

    func references(
        steps: [StepDefinition],
        sidecars: [SidecarDefinition]
    ) -> [ResultReference] {
        var expressions = allParams.flatMap { VariableExpressions.all(in: $0.value) }
        expressions += when.flatMap { VariableExpressions.all(in: $0) }
        for step in steps {
            let texts =
                [step.name, step.image, step.imagePullPolicy, step.script, step.workingDirectory]
                + step.command + step.args
            expressions += texts.flatMap { VariableExpressions.all(in: $0) }
            expressions += Self.expressions(of: step.environment)
        }
        for sidecar in sidecars {
            let texts =
                [
                    sidecar.name, sidecar.image, sidecar.imagePullPolicy, sidecar.script,
                    sidecar.workingDirectory,
                ] + sidecar.command + sidecar.args
            expressions += texts.flatMap { VariableExpressions.all(in: $0) }
            expressions += Self.expressions(of: sidecar.environment)
        }
        return expressions.compactMap { ResultReference($0) }
    }

    private static func expressions(of environment: [EnvironmentVariable]) -> [String] {
        environment.flatMap { variable in
            let keys = [variable.source?.secretKey, variable.source?.configMapKey].compactMap(
                \.self
            )
            let texts = [variable.value] + keys.flatMap { [$0.key, $0.name] }
            return texts.flatMap { VariableExpressions.all(in: $0) }
        }
    }
}

extension [Param] {
    /// Every text of the values: strings, elements and members.
    var texts: [String] {
        flatMap { param in
            switch param.value {
            case .string(let text): [text]
            case .array(let elements): elements
            case .object(let members): members.sorted { $0.key < $1.key }.map(\.value)
            }
        }
    }
}
