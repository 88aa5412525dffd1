// SPDX-License-Identifier: Apache-2.0
import JSON

extension TaskSpec {
    /// Replaces references in every field of a Task that takes them, as Tekton's `ApplyReplacements`.
    package mutating func substitute(_ replacements: Replacements) {
        for index in steps.indices {
            for param in steps[index].params.indices {
                steps[index].params[param].value.substitute(replacements)
            }
            steps[index].substituteAll(replacements)
        }
        stepTemplate?.substitute(replacements)
        for index in volumes.indices { volumes[index].substitute(replacements) }
        for index in workspaces.indices {
            workspaces[index].mountPath = replacements.apply(to: workspaces[index].mountPath)
        }
        for index in sidecars.indices {
            sidecars[index].script = replacements.apply(to: sidecars[index].script)
            sidecars[index].name = replacements.apply(to: sidecars[index].name)
            sidecars[index].substitute(replacements)
        }
    }
}

extension StepDefinition {
    /// Replaces references in the container's fields and in those that only steps have.
    package mutating func substituteAll(_ replacements: Replacements) {
        name = replacements.apply(to: name)
        script = replacements.apply(to: script)
        onError = replacements.apply(to: onError)
        if let path = standardOutput?.path { standardOutput?.path = replacements.apply(to: path) }
        if let path = standardError?.path { standardError?.path = replacements.apply(to: path) }
        for index in when.indices { when[index].substitute(replacements) }
        substitute(replacements)
    }
}

extension WhenExpression {
    /// Replaces references in the input, the values and the CEL text.
    ///
    /// An input that is a whole array becomes its JSON text.
    package mutating func substitute(_ replacements: Replacements) {
        if input.hasSuffix("[*])"), let elements = replacements.array(for: input) {
            input = GoJSONText.of(.array(elements.map { .string($0) }))
        } else {
            input = replacements.apply(to: input)
        }
        values = replacements.apply(toList: values)
        cel = replacements.apply(to: cel)
    }
}

extension ParamValue {
    /// Replaces references in a value; a lone reference to an array or an object takes its type.
    package mutating func substitute(_ replacements: Replacements) {
        switch self {
        case .string(let text):
            if let object = replacements.object(for: text) {
                self = .object(object)
            } else if let elements = replacements.array(for: text) {
                self = .array(elements)
            } else {
                self = .string(replacements.apply(to: text))
            }
        case .array(let elements): self = .array(replacements.apply(toList: elements))
        case .object(let members):
            self = .object(members.mapValues { replacements.apply(to: $0) })
        }
    }
}
