// SPDX-License-Identifier: Apache-2.0

extension Replacements {
    /// What a Pipeline's params are replaced by: the run's values, and the defaults of all others.
    ///
    /// Unlike in a Task, a default that refers to other params takes their values in this run, however deep
    /// the references go, up to ten levels; and an object that the run gives is taken as it is.
    ///
    /// - Throws: `PipelineParamProblem` for a circle, an unknown param, or too many levels.
    ///
    /// Source: `ApplyParameters` of Tekton's PipelineRun reconciler.
    package static func pipelineParams(
        declared: [ParamSpec],
        given: [Param]
    ) throws(PipelineParamProblem) -> Replacements {
        var resolved = Replacements.pipelineParams(given: given)
        let names = Set(given.map(\.name))
        let open = declared.filter { !names.contains($0.name) && $0.defaultValue != nil }
        var resolver = DefaultResolver(resolved: resolved.strings)
        for spec in open where (spec.type ?? .string) == .string {
            resolver.unresolved["params.\(spec.name)"] = spec.defaultValue?.stringValue ?? ""
        }
        for spec in open where (spec.type ?? .string) == .string {
            try resolver.resolve("params.\(spec.name)")
            let text = resolver.resolved["params.\(spec.name)"] ?? ""
            resolved.add(pipelineParam: .string(text), for: spec.name)
        }
        for spec in open where spec.type == .array {
            let elements = (spec.defaultValue?.arrayValue ?? []).map { resolved.apply(to: $0) }
            resolved.add(pipelineParam: .array(elements), for: spec.name)
        }
        for spec in open where spec.type == .object {
            let members = (spec.defaultValue?.objectValue ?? [:]).mapValues {
                resolved.apply(to: $0)
            }
            resolved.add(pipelineParam: .object(members), for: spec.name)
        }
        return resolved
    }

    /// What the run's own values replace.
    package static func pipelineParams(given: [Param]) -> Replacements {
        var replacements = Replacements()
        for param in given { replacements.add(pipelineParam: param.value, for: param.name) }
        return replacements
    }

    private mutating func add(pipelineParam value: ParamValue, for name: String) {
        for spelling in Replacements.pipelineSpellings(of: name) {
            switch value {
            case .string(let text): strings[spelling] = text
            case .array(let elements):
                arrays[spelling] = elements
                for (index, element) in elements.enumerated() {
                    strings["\(spelling)[\(index)]"] = element
                }
            case .object(let members): objects[spelling] = members
            }
        }
        guard case .object(let members) = value else { return }
        for (key, text) in members { strings["params.\(name).\(key)"] = text }
    }

    /// The three ways to write a param of a Pipeline.
    static func pipelineSpellings(of name: String) -> [String] {
        ["params.\(name)", "params[\"\(name)\"]", "params['\(name)']"]
    }
}

/// Resolves defaults that refer to other params, depth first.
private struct DefaultResolver {
    var resolved: [String: String]
    var unresolved: [String: String] = [:]
    private var visiting: Set<String> = []

    init(resolved: [String: String]) {
        self.resolved = resolved
    }

    private static let depthLimit = 10

    mutating func resolve(_ name: String, depth: Int = 0) throws(PipelineParamProblem) {
        if resolved[name] != nil { return }
        guard visiting.insert(name).inserted else {
            throw problem("circular dependency detected in param \"\(name)\"")
        }
        defer { visiting.remove(name) }
        if depth > Self.depthLimit {
            throw problem(
                "maximum recursion depth (\(Self.depthLimit)) exceeded for param \"\(name)\""
            )
        }
        let text = unresolved[name] ?? ""
        for reference in VariableExpressions.all(in: text) where reference.hasPrefix("params.") {
            if resolved[reference] != nil { continue }
            guard unresolved[reference] != nil else {
                throw problem("param \"\(name)\" references undefined param \"\(reference)\"")
            }
            try resolve(reference, depth: depth + 1)
        }
        resolved[name] = Replacements(strings: resolved).apply(to: text)
    }

    private func problem(_ words: String) -> PipelineParamProblem {
        PipelineParamProblem(description: "parameter resolution failed: " + words)
    }
}
