// SPDX-License-Identifier: Apache-2.0

/// The rules for defaults of a StepAction's parameters that refer to other parameters.
struct StepActionDefaults {
    var params: [ParamSpec]

    func validate() -> FieldErrors {
        let names = Set(params.map(\.name))
        var errors = FieldErrors.none
        var resolved: Set<String> = []
        var waiting: [String: [String]] = [:]
        for param in params {
            let wanted = references(of: param)
            let unknown = wanted.filter { !names.contains($0) }
            for name in unknown {
                errors += FieldErrors(
                    "param \(GoQuotedText.of(param.name)) default value references param"
                        + " \(GoQuotedText.of(name)) which is not defined",
                    at: "params"
                )
            }
            if wanted.isEmpty { resolved.insert(param.name) }
            if !wanted.isEmpty, unknown.isEmpty { waiting[param.name] = wanted }
        }
        errors += circles(among: waiting, resolved)
        return errors
    }

    private func references(of param: ParamSpec) -> [String] {
        guard let text = param.defaultValue?.stringValue else { return [] }
        return VariableReference.all(in: text, prefix: .params).map { reference in
            reference.isDotted ? reference.name : reference.text
        }
    }

    /// Resolves what can be resolved, again and again, and reports what is left.
    private func circles(
        among waiting: [String: [String]],
        _ resolved: Set<String>
    ) -> FieldErrors {
        var waiting = waiting
        var resolved = resolved
        while true {
            let ready = waiting.filter { $0.value.allSatisfy(resolved.contains) }.keys
            guard !ready.isEmpty else { break }
            for name in Array(ready) {
                resolved.insert(name)
                waiting[name] = nil
            }
        }
        return waiting.keys.sorted().reduce(into: .none) {
            $0 += FieldErrors(
                "param \(GoQuotedText.of($1)) default value has a circular dependency",
                at: "params"
            )
        }
    }
}
