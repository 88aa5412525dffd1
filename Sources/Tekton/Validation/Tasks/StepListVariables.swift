// SPDX-License-Identifier: Apache-2.0

/// The rules for references within the steps of a task.
struct StepListVariables {
    let steps: [StepDefinition]

    init(_ steps: [StepDefinition]) {
        self.steps = steps
    }

    /// References to parameters name declared ones, and use objects by their keys.
    func declared(_ params: ParameterChecks) -> FieldErrors {
        var errors = known(.params, params.names)
        for object in params.objects {
            let keys = Set((object.properties ?? [:]).keys)
            errors += known(.keys(of: object.name), keys)
        }
        let objects = Set(params.objects.map(\.name))
        errors += nested { variables in
            variables.check { VariableRules.notWhole($0, .params, objects) }
        }
        errors += params.objectsHaveProperties()
        return errors
    }

    /// Arrays are used where an array may stand.
    func arrays(_ names: Set<String>) -> FieldErrors {
        nested { variables in
            variables.check(
                texts: { VariableRules.notNaming($0, .params, names) },
                words: { VariableRules.isolated($0, .params, names) }
            )
        }
    }

    /// Context variables are ones that exist.
    func contextVariables() -> FieldErrors {
        var errors = known(.taskRunContext, ["name", "namespace", "uid"])
        errors += known(.taskContext, ["name", "retry-count"])
        return errors
    }

    /// Scripts write to declared results only.
    func results(_ results: [TaskResultDeclaration]) -> FieldErrors {
        let names = Set(results.map(\.name))
        return steps.enumerated().reduce(into: .none) {
            $0 += VariableRules.known($1.element.script, .results, names)
                .at("script").at("steps", $1.offset)
        }
    }

    private func known(_ prefix: VariablePrefix, _ names: Set<String>) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, step) in steps.enumerated() {
            var found = StepVariables(step, writesMountFieldsLarge: true)
                .check { VariableRules.known($0, prefix, names) }
            found += VariableRules.known(step.onError, prefix, names).at("onError")
            errors += found.at("steps", index)
        }
        return errors
    }

    /// Applies a rule to every step.
    ///
    /// The path of a step's problems gets every later step put in front, as Tekton prints it.
    private func nested(_ rule: (StepVariables) -> FieldErrors) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, step) in steps.enumerated() {
            errors += rule(StepVariables(step, writesMountFieldsLarge: false))
            errors = errors.at("steps", index)
        }
        return errors
    }
}
