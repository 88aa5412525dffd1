// SPDX-License-Identifier: Apache-2.0
internal import Sandbox
internal import Tekton

/// References to artifacts of earlier steps, replaced when a step starts by their values as JSON:
/// `$(steps.S.outputs.A)` and `$(steps.S.inputs.A)`.
///
/// In a script, or in `command` and `args`, and in `env`. When one has no value nothing of its kind and of
/// what comes later is replaced, as in Tekton, which only logs it.
struct StepArtifactSubstitution: Sendable {
    /// By container name (`step-one`).
    var artifacts: [String: Artifacts]

    /// Replaces references in the arguments, then in the environment up to the first without a value.
    func apply(to world: inout StepWorld) {
        var arguments = world.arguments
        for index in arguments.indices {
            guard case .plain(let text) = arguments[index] else { continue }
            guard let value = apply(to: text) else { return }
            arguments[index] = .plain(value)
        }
        world.arguments = arguments
        for index in world.environment.indices {
            guard case .plain(let text) = world.environment[index].value else { continue }
            guard let value = apply(to: text) else { return }
            world.environment[index].value = .plain(value)
        }
    }

    /// `nil` when a reference has no value.
    func apply(to text: String) -> String? {
        var out = ""
        var rest = Substring(text)
        while let reference = VariableOccurrence.first(in: rest, where: { parts(of: $0) != nil }) {
            guard let (step, isOutput, name) = parts(of: reference.name),
                let known = artifacts["step-\(step)"],
                let artifact = (isOutput ? known.outputs : known.inputs).first(where: {
                    $0.name == name
                })
            else { return nil }
            out += rest[..<reference.range.lowerBound] + artifact.valuesText
            rest = rest[reference.range.upperBound...]
        }
        return out + rest
    }

    private func parts(of name: String) -> (step: Substring, isOutput: Bool, name: String)? {
        let parts = name.split(separator: ".", omittingEmptySubsequences: false)
        guard parts.count == 4, parts[0] == "steps", !parts[1].isEmpty, !parts[3].isEmpty,
            parts[2] == "outputs" || parts[2] == "inputs"
        else { return nil }
        return (parts[1], parts[2] == "outputs", String(parts[3]))
    }
}
