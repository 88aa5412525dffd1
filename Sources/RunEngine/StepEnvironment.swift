// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Sandbox
internal import Secrets
internal import Tekton

/// Works out a step's environment as the kubelet does: `envFrom` first, then `env` in order, where a
/// later entry wins and may refer to earlier ones.
struct StepEnvironment {
    var catalog: ObjectCatalog
    var pod: PodIdentity

    /// The variables in order of first appearance, each once.
    ///
    /// `initial` is what a container runtime sets where the step does not (PATH, HOME, HOSTNAME).
    func resolve(
        _ step: StepDefinition,
        initial: [StepWorld.Variable]
    ) throws -> [StepWorld.Variable] {
        var table = Table()
        for source in step.environmentSources { try add(source, to: &table) }
        for variable in step.environment {
            if let value = try value(of: variable, table) { table.set(variable.name, value) }
        }
        // What the runtime sets is not the kubelet's to expand, and gives way to what the step says.
        let given = initial.filter { table.values[$0.name] == nil }
        return given
            + table.order.compactMap { name in
                table.values[name].map { StepWorld.Variable(name, $0) }
            }
    }

    /// The variables that `$(NAME)` may name: those that the step's own `envFrom` and `env` set.
    func expandable(
        _ variables: [StepWorld.Variable],
        of step: StepDefinition
    ) -> [StepWorld.Variable] {
        let runtimes: Set<String> = ["PATH", "HOME", "HOSTNAME"]
        return variables.filter { variable in
            !runtimes.contains(variable.name)
                || step.environment.contains { $0.name == variable.name }
        }
    }

    private struct Table {
        var order: [String] = []
        var values: [String: StepWorld.Text] = [:]

        mutating func set(_ name: String, _ value: StepWorld.Text) {
            if values.updateValue(value, forKey: name) == nil { order.append(name) }
        }
    }

    private func add(_ source: EnvironmentSource, to table: inout Table) throws {
        if let reference = source.configMap {
            let values = catalog.configMap(reference.name, in: pod.namespace)
            if values == nil, reference.isOptional != true {
                throw ContainerConfigError(message: "configmaps \"\(reference.name)\" not found")
            }
            try add(values ?? [:], prefix: source.prefix, to: &table)
        }
        if let reference = source.secret {
            let values = catalog.secret(reference.name, in: pod.namespace)
            if values == nil, reference.isOptional != true {
                throw ContainerConfigError(message: "secrets \"\(reference.name)\" not found")
            }
            try add(values ?? [:], prefix: source.prefix, to: &table)
        }
    }

    /// Keys that can be no variable's name are left out, as the kubelet does.
    private func add(
        _ values: [String: SecretVersion],
        prefix: String,
        to table: inout Table
    ) throws {
        for (key, version) in values.sorted(by: { $0.key < $1.key }) {
            let name = prefix + key
            guard !name.isEmpty, !name.contains("="), !version.containsNUL else { continue }
            table.set(name, .secret(try version.sharedCopy()))
        }
    }

    private func value(
        of variable: EnvironmentVariable,
        _ table: Table
    ) throws -> StepWorld.Text? {
        guard let source = variable.source else {
            return try VariableExpansion.expand(variable.value, table.values)
        }
        if let selector = source.secretKey {
            let values = catalog.secret(selector.name, in: pod.namespace)
            return try pick(selector, from: values, kind: "Secret", resource: "secrets")
        }
        if let selector = source.configMapKey {
            let values = catalog.configMap(selector.name, in: pod.namespace)
            return try pick(selector, from: values, kind: "ConfigMap", resource: "configmaps")
        }
        if let path = source.fieldReference?.fieldPath {
            guard let text = pod.value(ofField: path) else {
                throw ContainerConfigError(message: "unsupported fieldPath: \(path)")
            }
            return .plain(text)
        }
        return .plain("")
    }

    private func pick(
        _ selector: KeySelector,
        from values: [String: SecretVersion]?,
        kind: String,
        resource: String
    ) throws -> StepWorld.Text? {
        guard let values else {
            if selector.isOptional == true { return nil }
            throw ContainerConfigError(message: "\(resource) \"\(selector.name)\" not found")
        }
        guard let version = values[selector.key] else {
            if selector.isOptional == true { return nil }
            throw ContainerConfigError(
                message: "couldn't find key \(selector.key) in \(kind) "
                    + "\(pod.namespace)/\(selector.name)"
            )
        }
        if version.containsNUL {
            throw ContainerConfigError(
                message: "key \(selector.key) in \(kind) \(pod.namespace)/\(selector.name) "
                    + "holds a NUL byte, which no environment variable can"
            )
        }
        return .secret(try version.sharedCopy())
    }
}
