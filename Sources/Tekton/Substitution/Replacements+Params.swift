// SPDX-License-Identifier: Apache-2.0

extension Replacements {
    /// What a Task's params are replaced by: the declared defaults, overridden by the run's values.
    ///
    /// A default that refers to another param is resolved against that param's *default*, even if the
    /// run gives it a value; an object's given keys are merged over the default's. Both as in Tekton.
    package static func params(
        declared: [ParamSpec],
        given: [Param]
    ) -> Replacements {
        var replacements = Replacements()
        for spec in declared {
            guard let value = spec.defaultValue, !value.stringValue.contains("$(params.") else {
                continue
            }
            replacements.add(value, for: spec.name)
        }
        for spec in declared { replacements.resolveDefault(of: spec) }
        for param in given { replacements.add(param.value, for: param.name) }
        return replacements
    }

    private mutating func add(_ value: ParamValue, for name: String) {
        switch value {
        case .string(let text):
            for spelling in Replacements.spellings(of: name) { strings[spelling] = text }
        case .array(let elements):
            for spelling in Replacements.spellings(of: name) {
                for (index, element) in elements.enumerated() {
                    strings["\(spelling)[\(index)]"] = element
                }
                arrays[spelling] = elements
            }
        case .object(let members):
            for spelling in Replacements.spellings(of: name) {
                objects[spelling, default: [:]].merge(members) { _, new in new }
            }
            for (key, text) in members { strings["params.\(name).\(key)"] = text }
        }
    }

    /// A default with references: each `$(params.other)` becomes the other's value in the table so far;
    /// the last reference that is known decides, as in Tekton.
    private mutating func resolveDefault(of spec: ParamSpec) {
        guard let text = spec.defaultValue?.stringValue, text.contains("$(params.") else { return }
        var rest = Substring(text)
        while let reference = VariableOccurrence.first(in: rest, where: { $0.hasPrefix("params.") })
        {
            if let value = strings[reference.name] {
                let resolved = text.replacing("$(\(reference.name))", with: value)
                for spelling in Replacements.spellings(of: spec.name) {
                    strings[spelling] = resolved
                }
            }
            rest = rest[reference.range.upperBound...]
        }
    }

    /// The four ways to write a param's name.
    static func spellings(of name: String) -> [String] {
        ["params.\(name)", "params[\"\(name)\"]", "params['\(name)']", "inputs.params.\(name)"]
    }
}
