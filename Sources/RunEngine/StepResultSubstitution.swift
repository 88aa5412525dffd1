// SPDX-License-Identifier: Apache-2.0
internal import Sandbox
internal import Tekton

/// References to the results of earlier steps, replaced when a step starts: `$(steps.S.results.R)`,
/// with `[i]`, `[*]` or `.key`.
///
/// In `env`, `command`, `args` and `when`; never in a script. When one of a list cannot be resolved
/// nothing in the list is replaced and the command runs with the text as it is, as in Tekton.
struct StepResultSubstitution {
    /// By container name (`step-one`), then by result name.
    var results: [String: [String: ParamValue]]

    /// Replaces references in the `when` values.
    func apply(toConditionsOf step: StepDefinition) -> StepDefinition {
        var step = step
        for index in step.when.indices {
            guard let input = expand(step.when[index].input),
                let values = expand(list: step.when[index].values)
            else { return step }
            guard let cel = expand(step.when[index].cel) else { return step }
            step.when[index].cel = cel
            step.when[index].input = input
            step.when[index].values = values
        }
        return step
    }

    /// Replaces references in the plain values of an environment, in order, up to the first without a value.
    func apply(to variables: [StepWorld.Variable]) -> [StepWorld.Variable] {
        var variables = variables
        for index in variables.indices {
            guard case .plain(let text) = variables[index].value else { continue }
            guard let value = expand(text) else { return variables }
            variables[index].value = .plain(value)
        }
        return variables
    }

    /// Replaces references in command and arguments, or in none of them.
    func apply(toArguments arguments: [StepWorld.Text]) -> [StepWorld.Text] {
        var replaced: [StepWorld.Text] = []
        for argument in arguments {
            guard case .plain(let text) = argument else {
                replaced.append(argument)
                continue
            }
            guard let texts = expand(list: [text]) else { return arguments }
            replaced += texts.map { .plain($0) }
        }
        return replaced
    }

    private func expand(list: [String]) -> [String]? {
        var expanded: [String] = []
        for text in list {
            if text.hasSuffix("[*])"), let name = lone(text), let value = value(of: name) {
                guard case .array(let elements) = value else { return nil }
                expanded += elements
            } else {
                guard let text = expand(text) else { return nil }
                expanded.append(text)
            }
        }
        return expanded
    }

    private func lone(_ text: String) -> String? {
        guard text.hasPrefix("$(steps."), text.firstIndex(of: ")") == text.indices.last else {
            return nil
        }
        return String(text.dropFirst(2).dropLast())
    }

    /// `nil` when a reference has no value.
    private func expand(_ text: String) -> String? {
        var out = ""
        var rest = Substring(text)
        let isReference: (String) -> Bool = { $0.hasPrefix("steps.") && $0.contains(".results.") }
        while let reference = VariableOccurrence.first(in: rest, where: isReference) {
            guard let value = value(of: reference.name), case .string(let text) = value else {
                return nil
            }
            out += rest[..<reference.range.lowerBound] + text
            rest = rest[reference.range.upperBound...]
        }
        return out + rest
    }

    /// The value of `steps.S.results.R`, `....R[1]`, `....R[*]` or `....R.key`.
    private func value(of reference: String) -> ParamValue? {
        guard let separator = reference.firstRange(of: ".results.") else { return nil }
        let step = reference[..<separator.lowerBound].dropFirst("steps.".count)
        guard let values = results["step-\(step)"] else { return nil }
        let name = String(reference[separator.upperBound...])
        if let whole = values[name] { return whole }
        if name.hasSuffix("]"), let open = name.lastIndex(of: "[") {
            let index = name[name.index(after: open)...].dropLast()
            guard let value = values[String(name[..<open])] else { return nil }
            if index == "*" { return value }
            guard case .array(let elements) = value, let number = Int(index),
                elements.indices.contains(number)
            else { return nil }
            return .string(elements[number])
        }
        guard let dot = name.lastIndex(of: "."),
            case .object(let members) = values[String(name[..<dot])],
            let member = members[String(name[name.index(after: dot)...])]
        else { return nil }
        return .string(member)
    }
}
