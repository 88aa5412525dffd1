// SPDX-License-Identifier: Apache-2.0
package import JSON

/// What a step or a Task says it took in and produced, as Tekton's `Artifacts`.
package struct Artifacts: Sendable, Hashable {
    package var inputs: [Artifact] = []
    package var outputs: [Artifact] = []

    package init() {}

    /// Reads a `provenance.json`; `nil` when it is none.
    package init?(_ bytes: [UInt8]) {
        guard let json = try? JSONValue.parse(bytes), json.object != nil else { return nil }
        for (name, path) in [("inputs", \Artifacts.inputs), ("outputs", \.outputs)] {
            guard let list = json[name], list != .null else { continue }
            guard let elements = list.array else { return nil }
            for element in elements {
                guard let artifact = Artifact(element) else { return nil }
                self[keyPath: path].append(artifact)
            }
        }
    }

    /// Adds what another one tells of: values by artifact name, each once.
    package mutating func merge(_ other: Artifacts) {
        Self.merge(other.inputs, into: &inputs)
        Self.merge(other.outputs, into: &outputs)
        // An input is nobody's output; Tekton drops the mark there.
        for index in inputs.indices { inputs[index].isBuildOutput = false }
    }

    private static func merge(_ more: [Artifact], into known: inout [Artifact]) {
        for artifact in more {
            guard let index = known.firstIndex(where: { $0.name == artifact.name }) else {
                var added = artifact
                added.values = []
                for value in artifact.values where !added.values.contains(value) {
                    added.values.append(value)
                }
                known.append(added)
                continue
            }
            if artifact.isBuildOutput { known[index].isBuildOutput = true }
            for value in artifact.values where !known[index].values.contains(value) {
                known[index].values.append(value)
            }
        }
    }

    package var json: JSONValue {
        var members: [String: JSONValue] = [:]
        if !inputs.isEmpty { members["inputs"] = .array(inputs.map(\.json)) }
        if !outputs.isEmpty { members["outputs"] = .array(outputs.map(\.json)) }
        return .object(members)
    }
}
