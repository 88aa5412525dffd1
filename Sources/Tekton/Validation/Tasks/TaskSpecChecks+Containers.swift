// SPDX-License-Identifier: Apache-2.0

extension TaskSpecChecks {
    /// The rules for each step and for the list of them.
    func validate(_ steps: [StepDefinition]) -> FieldErrors {
        var names: Set<String> = []
        var errors = FieldErrors.none
        for (index, step) in steps.enumerated() {
            if !step.name.isEmpty, !names.insert(step.name).inserted {
                errors += repeated(step.name).at(index)
            }
            errors += StepChecks(step: step, context: context).validate().at(index)
            errors += results(of: step, at: index)
            errors += WhenChecks(expressions: step.when, context: context).validate().at(index)
        }
        return errors
    }

    private func repeated(_ name: String) -> FieldErrors {
        context.isV1Beta1 ? .invalid(name, at: "name") : .multipleOneOf("name")
    }

    /// Tekton names the path of a step's result by the step's index after the field.
    private func results(of step: StepDefinition, at index: Int) -> FieldErrors {
        guard !step.results.isEmpty else { return .none }
        let names = Set(step.results.map(\.name))
        var errors = VariableRules.known(step.script, .stepResults, names).at("script").at(index)
        errors += ResultChecks.validate(step.results).at("results", index)
        return errors
    }

    /// `tekton.dev/v1beta1` looks at the reserved name only.
    func sidecars() -> FieldErrors {
        var errors = FieldErrors.none
        for sidecar in task.sidecars {
            if sidecar.name == Self.reservedSidecarName {
                errors += FieldErrors(
                    "Invalid: cannot use reserved sidecar name \(sidecar.name) ",
                    at: context.isV1Beta1 ? "sidecars" : "sidecars.name"
                )
            }
            guard !context.isV1Beta1 else { continue }
            if sidecar.image.isEmpty { errors += .missing("sidecars.image") }
            if !sidecar.script.isEmpty, !sidecar.command.isEmpty {
                errors += FieldErrors("script cannot be used with command", at: "sidecars.script")
            }
        }
        return errors
    }

    /// The sidecar that Tekton itself adds to read results from logs.
    private static let reservedSidecarName = "tekton-log-results"
}
