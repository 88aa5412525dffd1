// SPDX-License-Identifier: Apache-2.0
package import Secrets

/// The Secrets and ConfigMaps that the steps of a run can refer to, values in locked memory.
///
/// Secrets come from the files and from the `secretObjects` of the run's classes; both exist here
/// alone.
package struct ObjectCatalog: Sendable {
    private struct Key: Hashable {
        var namespace: String
        var name: String
    }

    private var secrets: [Key: [String: SecretVersion]] = [:]
    private var uses: [Key: SecretUse] = [:]
    private var configMaps: [Key: [String: SecretVersion]] = [:]
    private var accounts: [Key: [String]] = [:]

    package init() {}

    /// Adds a Secret; one of the same name is replaced key by key.
    package mutating func addSecret(
        _ name: String,
        in namespace: String,
        _ values: [String: SecretVersion],
        use: SecretUse = SecretUse()
    ) {
        let key = Key(namespace: namespace, name: name)
        secrets[key, default: [:]].merge(values) { _, new in new }
        uses[key] = use
    }

    /// Adds a ServiceAccount with the names of its Secrets.
    package mutating func addAccount(_ name: String, in namespace: String, secrets: [String]) {
        accounts[Key(namespace: namespace, name: name)] = secrets
    }

    /// The names of the Secrets of a ServiceAccount; empty when there is none of that name.
    package func secrets(ofAccount name: String, in namespace: String) -> [String] {
        accounts[Key(namespace: namespace, name: name)] ?? []
    }

    /// What a Secret is for; `nil` when there is none of that name.
    package func use(ofSecret name: String, in namespace: String) -> SecretUse? {
        uses[Key(namespace: namespace, name: name)]
    }

    /// The catalog with each value of its Secrets replaced.
    func replacingSecrets(_ replace: (SecretVersion) -> SecretVersion) -> ObjectCatalog {
        var catalog = self
        catalog.secrets = secrets.mapValues { $0.mapValues(replace) }
        return catalog
    }

    /// Adds a ConfigMap.
    package mutating func addConfigMap(
        _ name: String,
        in namespace: String,
        _ values: [String: SecretVersion]
    ) {
        configMaps[Key(namespace: namespace, name: name)] = values
    }

    /// The keys and values of a Secret; `nil` when there is none of that name.
    package func secret(_ name: String, in namespace: String) -> [String: SecretVersion]? {
        secrets[Key(namespace: namespace, name: name)]
    }

    /// The keys and values of a ConfigMap; `nil` when there is none of that name.
    package func configMap(_ name: String, in namespace: String) -> [String: SecretVersion]? {
        configMaps[Key(namespace: namespace, name: name)]
    }
}
