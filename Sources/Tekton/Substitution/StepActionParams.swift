// SPDX-License-Identifier: Apache-2.0

/// What the references in a StepAction are replaced by, for one step that runs it.
///
/// What the step gives wins over the action's defaults. A default may refer to other params, whose value
/// for this step it then takes. A param that the step sets to the result of an earlier step becomes a
/// reference to that result, which is replaced when the step starts.
///
/// Source: `applyStepActionParameters` of Tekton.
struct StepActionParams {
    var action: StepActionSpec
    /// The step's own, references to the Task's params replaced.
    var given: [Param]

    /// Everything that is replaced in the action's fields.
    func replacements() throws(StepActionProblem) -> Replacements {
        try checkNames()
        var replacements = Replacements.params(declared: action.params, given: [])
        replacements.merge(.params(declared: [], given: try values()))
        replacements.strings.merge(try stepResults()) { _, new in new }
        // A default and a given value of different types leave their marks in both tables.
        for name in replacements.strings.keys.sorted() where replacements.arrays[name] != nil {
            throw StepActionProblem(
                description:
                    "invalid parameter substitution: \(Self.param(named: name)). Please check"
                    + " the types of the default value and the passed value"
            )
        }
        return replacements
    }

    private func checkNames() throws(StepActionProblem) {
        let declared = action.params.map(\.name)
        let names = given.map(\.name)
        let extra = names.filter { !declared.contains($0) }
        if !extra.isEmpty {
            throw StepActionProblem(
                description: "extra params passed by Step to StepAction: \(Self.list(extra))"
            )
        }
        let missing = action.params.filter { $0.defaultValue == nil && !names.contains($0.name) }
        if !missing.isEmpty {
            throw StepActionProblem(
                description: "non-existent params in Step: \(Self.list(missing.map(\.name)))"
            )
        }
    }

    private static func list(_ names: [String]) -> String {
        "[" + names.joined(separator: " ") + "]"
    }

    private static func param(named variable: String) -> String {
        for prefix in ["params.", "inputs.params."] where variable.hasPrefix(prefix) {
            return String(variable.dropFirst(prefix.count))
        }
        return String(variable.dropFirst("params[\"".count).dropLast("\"]".count))
    }

    // MARK: Values

    /// The value of every param, in the order in which they become known.
    private func values() throws(StepActionProblem) -> [Param] {
        var known: [Param] = []
        var open: [(name: String, text: String, references: [String])] = []
        for spec in action.params {
            if let param = given.last(where: { $0.name == spec.name }) {
                known.append(param)
            } else if let value = spec.defaultValue {
                let references = Self.references(in: value.stringValue)
                if references.isEmpty {
                    known.append(Self.param(spec.name, value))
                } else {
                    open.append((spec.name, value.stringValue, references))
                }
            }
        }
        while !open.isEmpty {
            let ready = open.firstIndex { candidate in
                candidate.references.allSatisfy { name in known.contains { $0.name == name } }
            }
            guard let ready else { throw unresolvable(open.map { ($0.name, $0.references) }) }
            let (name, text, references) = open.remove(at: ready)
            let resolved = references.reduce(text) { text, reference in
                let value = known.first { $0.name == reference }?.value.stringValue ?? ""
                return text.replacing("$(params.\(reference))", with: value)
            }
            known.append(Self.param(name, .string(resolved)))
        }
        return known
    }

    private func unresolvable(_ open: [(name: String, references: [String])]) -> StepActionProblem {
        for (name, references) in open {
            let unknown = references.first { reference in
                !action.params.contains { $0.name == reference }
            }
            guard let unknown else { continue }
            return StepActionProblem(
                description:
                    "parameter \"\(name)\" references non-existent parameter \"\(unknown)\""
            )
        }
        return StepActionProblem(
            description: "circular dependency detected in parameter references"
        )
    }

    private static func param(_ name: String, _ value: ParamValue) -> Param {
        var param = Param()
        param.name = name
        param.value = value
        return param
    }

    /// The names of the params in a default's text.
    private static func references(in text: String) -> [String] {
        var names: [String] = []
        var rest = Substring(text)
        while let found = VariableOccurrence.first(in: rest, where: { $0.hasPrefix("params.") }) {
            names.append(String(found.name.dropFirst("params.".count)))
            rest = rest[found.range.upperBound...]
        }
        return names
    }
}

// MARK: Results of earlier steps
extension StepActionParams {
    private func stepResults() throws(StepActionProblem) -> [String: String] {
        var strings: [String: String] = [:]
        for param in given {
            let text = param.value.stringValue
            guard text.hasPrefix("$(steps."),
                let spec = action.params.first(where: { $0.name == param.name })
            else { continue }
            let result = try Self.result(in: text)
            switch spec.type ?? .string {
            case .array:
                for spelling in Replacements.spellings(of: spec.name) {
                    strings["\(spelling)[*]"] = "$(\(result)[*])"
                }
                for (variable, index) in elements(of: spec.name) {
                    strings[variable] = "$(\(result)[\(index)])"
                }
            case .object:
                for key in (spec.properties ?? [:]).keys {
                    strings["params.\(spec.name).\(key)"] = "$(\(result).\(key))"
                }
            default:
                for spelling in Replacements.spellings(of: spec.name) { strings[spelling] = text }
            }
        }
        return strings
    }

    /// `steps.S.results.R`, without what picks a part of it.
    private static func result(in text: String) throws(StepActionProblem) -> String {
        let parts = text.dropFirst(2).dropLast(text.hasSuffix(")") ? 1 : 0).split(
            separator: ".",
            omittingEmptySubsequences: false
        )
        guard (4...5).contains(parts.count), parts[2] == "results" else {
            throw StepActionProblem(
                description:
                    "must be one of the form 1). \"steps.<stepName>.results.<resultName>\"; "
                    + "2). \"steps.<stepName>.results.<objectResultName>.<individualAttribute>\""
            )
        }
        return "steps.\(parts[1]).results.\(parts[3].prefix { $0 != "[" })"
    }

    /// The references to single elements of an array param in command, args and environment.
    private func elements(of name: String) -> [(variable: String, index: String)] {
        let spellings = Replacements.spellings(of: name).map { $0 + "[" }
        var found: [(String, String)] = []
        for text in action.command + action.args + action.environment.map(\.value) {
            var rest = Substring(text)
            let isElement: (String) -> Bool = { variable in
                spellings.contains { variable.hasPrefix($0) } && variable.hasSuffix("]")
            }
            while let reference = VariableOccurrence.first(in: rest, where: isElement) {
                rest = rest[reference.range.upperBound...]
                let index = reference.name.dropLast().reversed().prefix { $0 != "[" }.reversed()
                if !index.isEmpty, index.allSatisfy(\.isWholeNumber) {
                    found.append((reference.name, String(index)))
                }
            }
        }
        return found
    }
}
