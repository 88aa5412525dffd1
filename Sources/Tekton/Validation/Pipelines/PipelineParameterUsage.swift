// SPDX-License-Identifier: Apache-2.0

/// The rules for references to a pipeline's parameters in what its tasks are given.
struct PipelineParameterUsage {
    private var names: Set<String>
    private var arrays: Set<String>
    /// The keys of each object that has some.
    private var objectKeys: [String: Set<String>]

    init(_ params: ParameterChecks) {
        names = params.names
        arrays = params.names(of: .array)
        objectKeys = [:]
        for object in params.objects {
            let keys = (object.properties ?? [:]).keys
            if !keys.isEmpty { objectKeys[object.name, default: []].formUnion(keys) }
        }
    }

    func validate(_ tasks: [PipelineTask]) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, task) in tasks.enumerated() {
            errors += validate(task.params).at(index)
            if task.isMatrixed, let matrix = task.matrix { errors += validate(matrix).at(index) }
            errors += validate(task.when).at(index)
        }
        for (index, task) in tasks.enumerated() {
            errors += PipelineSpecChecks.duplicates(task.params).at("params").at(index)
        }
        return errors
    }

    private func validate(_ params: [Param]) -> FieldErrors {
        var errors = PipelineSpecChecks.duplicates(params).at("params")
        for param in params {
            switch param.value {
            case .string(let text):
                errors += (wholeReference(text) ?? string(text)).at("params", key: param.name)
            case .array(let elements):
                for (index, element) in elements.enumerated() {
                    errors += array(element).at("value", index).at("params", key: param.name)
                }
            case .object(let members):
                for (key, text) in members.sorted(by: { $0.key < $1.key }) {
                    errors += string(text).at("properties", key: key)
                        .at("params", key: param.name)
                }
            }
        }
        return errors
    }

    private func validate(_ matrix: Matrix) -> FieldErrors {
        var errors = FieldErrors.none
        for include in matrix.include {
            for (index, param) in include.params.enumerated() {
                errors += string(param.value.stringValue).at("matrix.include.params", index)
            }
        }
        for param in matrix.params {
            for (index, element) in param.value.arrayValue.enumerated() {
                errors += array(element).at("value", index).at("matrix.params", key: param.name)
            }
        }
        return errors
    }

    private func validate(_ expressions: [WhenExpression]) -> FieldErrors {
        var errors = FieldErrors.none
        for (index, when) in expressions.enumerated() {
            var found = string(when.input).at("input")
            for value in when.values {
                found += (isWholeArray(value) ? array(value) : string(value)).at("values")
            }
            errors += found.at("when", index)
        }
        return errors
    }

    private func isWholeArray(_ text: String) -> Bool {
        var name = text[...]
        if name.hasPrefix("$(params.") { name = name.dropFirst("$(params.".count) }
        if name.hasSuffix("[*])") { name = name.dropLast("[*])".count) }
        return arrays.contains(String(name))
    }

    /// The rule for a text that is one reference to a whole array or object; `nil` for another text.
    private func wholeReference(_ text: String) -> FieldErrors? {
        let references = VariableReference.all(in: text, prefix: .params)
        guard references.count == 1, references[0].text == text,
            references[0].name.hasSuffix("[*]")
        else { return nil }
        let name = references[0].name.dropLast("[*]".count)
        let isPlain = name.utf8.allSatisfy { $0.isLetter || $0.isDigit || "_.-".utf8.contains($0) }
        guard isPlain, !name.isEmpty else { return nil }
        return VariableRules.known(text, .params, names)
    }

    /// A text that may hold strings and keys of objects.
    private func string(_ text: String) -> FieldErrors {
        common(text) + VariableRules.notNaming(text, .params, arrays)
    }

    /// A text that may also be a whole array.
    private func array(_ text: String) -> FieldErrors {
        common(text) + VariableRules.isolated(text, .params, arrays)
    }

    private func common(_ text: String) -> FieldErrors {
        guard text.contains("$(") else { return .none }
        var errors = VariableRules.known(text, .params, names)
        for (name, keys) in objectKeys.sorted(by: { $0.key < $1.key }) {
            errors += VariableRules.known(text, .keys(of: name), keys)
        }
        errors += VariableRules.notWhole(text, .params, Set(objectKeys.keys))
        return errors
    }
}
