// SPDX-License-Identifier: Apache-2.0

/// The rules for a StepAction.
struct StepActionChecks {
    var action: StepActionSpec
    var context: AdmissionContext
    /// Whether the document is written in `tekton.dev/v1alpha1`, which also follows defaults.
    var isV1Alpha1: Bool

    func validate() -> FieldErrors {
        let params = ParameterChecks(params: action.params, context: context)
        let variables = StepVariables(action)
        var errors = container()
        errors += declared(params, variables)
        errors += params.types().at("params")
        errors += params.duplicates()
        errors += params.nameFormats()
        let arrays = params.names(of: .array)
        errors += variables.check(
            texts: { VariableRules.notNaming($0, .params, arrays) },
            words: { VariableRules.isolated($0, .params, arrays) }
        )
        if isV1Alpha1 { errors += StepActionDefaults(params: action.params).validate() }
        errors += results()
        errors += mounts(params.names).at("volumeMounts")
        return errors
    }

    private func container() -> FieldErrors {
        var errors = FieldErrors.none
        if action.image.isEmpty { errors += .missing("Image") }
        guard !action.script.isEmpty else { return errors }
        if !action.command.isEmpty {
            errors += FieldErrors("script cannot be used with command", at: "script")
        }
        if action.script.drop(while: \.isWhitespace).hasPrefix("#!win") {
            errors += context.requires(.alpha, for: "windows script support", at: "script")
        }
        if !VariableReference.all(in: action.script, prefix: .params).isEmpty {
            errors += FieldErrors("param substitution in scripts is not allowed.", at: "script")
        }
        return errors
    }

    private func declared(_ params: ParameterChecks, _ variables: StepVariables) -> FieldErrors {
        var errors = variables.check { VariableRules.known($0, .params, params.names) }
        for object in params.objects {
            let keys = Set((object.properties ?? [:]).keys)
            errors += variables.check { VariableRules.known($0, .keys(of: object.name), keys) }
        }
        let objects = Set(params.objects.map(\.name))
        errors += variables.check { VariableRules.notWhole($0, .params, objects) }
        errors += params.objectsHaveProperties()
        return errors
    }

    private func results() -> FieldErrors {
        let names = Set(action.results.map(\.name))
        var errors = VariableRules.known(action.script, .stepResults, names).at("script")
        errors += VariableRules.known(action.script, .results, names).at("script")
        errors += ResultChecks.validate(action.results).at("results")
        return errors
    }

    /// A mount takes its volume's name from one parameter.
    private func mounts(_ names: Set<String>) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, mount) in action.volumeMounts.enumerated() {
            let references = VariableReference.all(in: mount.name, prefix: .params)
            guard references.count == 1, references[0].text == mount.name else {
                return errors
                    + .invalid(
                        mount.name,
                        at: "name",
                        details: "expect the Name to be a single param reference"
                    ).at(index)
            }
            errors += VariableRules.known(mount.name, .params, names).at(index)
        }
        return errors
    }
}
