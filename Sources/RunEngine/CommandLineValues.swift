// SPDX-License-Identifier: Apache-2.0
internal import Diagnostics
internal import Tekton

/// Lays the values of `-p` and `-w` over those that a run's document gives.
struct CommandLineValues {
    var options: RunOptions
    /// What messages call what declares them: "Task `x`".
    var title: String
    /// Whether the command line is where params can come from; those of a child come from its pipeline.
    var tellsMissing: Bool

    /// Sets the values given with `-p`, read by the declared type.
    ///
    /// A param that has no value after that is told with the flag that gives one; the run fails, as in Tekton.
    func apply(declared: [ParamSpec], to params: inout [Param]) -> [Diagnostic] {
        var diagnostics: [Diagnostic] = []
        let known = declared.map(\.name) + params.map(\.name)
        for argument in options.params {
            guard known.contains(argument.name) else {
                diagnostics.append(unknown("param", argument.name, known))
                continue
            }
            let type = declared.first { $0.name == argument.name }?.type ?? .string
            guard let value = ParamArgumentReader.read(argument.text, as: type) else {
                diagnostics.append(
                    Diagnostic(
                        .error,
                        "param `\(argument.name)` is of type `\(type.rawValue)`",
                        hint: ParamArgumentReader.hint(for: type)
                    )
                )
                continue
            }
            var param = Param()
            param.name = argument.name
            param.value = value
            params.removeAll { $0.name == argument.name }
            params.append(param)
        }
        if diagnostics.isEmpty, tellsMissing { diagnostics = missing(declared, params) }
        return diagnostics
    }

    private func missing(_ declared: [ParamSpec], _ params: [Param]) -> [Diagnostic] {
        let given = Set(params.map(\.name))
        return declared.filter { $0.defaultValue == nil && !given.contains($0.name) }.map { spec in
            Diagnostic(
                .warning,
                "param `\(spec.name)` of \(title) has neither a value nor a default",
                hint: "give it with `-p \(spec.name)=VALUE`"
            )
        }
    }

    /// Binds the workspaces given with `-w`; the host directories come back by workspace.
    ///
    /// `isUsed` tells of a workspace that nothing declares and that is used all the same.
    func apply(
        declared: [String],
        to bindings: inout [WorkspaceBinding],
        isUsed: (String) -> Bool = { _ in false }
    ) -> ([String: String], [Diagnostic]) {
        var directories: [String: String] = [:]
        var diagnostics: [Diagnostic] = []
        let known = declared + bindings.map(\.name)
        for (name, source) in options.workspaces {
            if !known.contains(name), !isUsed(name) {
                diagnostics.append(unknown("workspace", name, known))
            }
            let (binding, directory) = source.binding(named: name)
            directories[name] = directory
            bindings.removeAll { $0.name == name }
            bindings.append(binding)
        }
        return (directories, diagnostics)
    }

    private func unknown(_ kind: String, _ name: String, _ known: [String]) -> Diagnostic {
        let near = NearMiss.suggestion(for: name, among: known)
        return Diagnostic(
            .error,
            "no \(kind) `\(name)` in \(title)",
            hint: near.map { "did you mean `\($0)`?" }
        )
    }
}
