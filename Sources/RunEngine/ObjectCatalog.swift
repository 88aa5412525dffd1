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
    private var configMaps: [Key: [String: SecretVersion]] = [:]

    package init() {}

    /// Adds a Secret; one of the same name is replaced key by key.
    package mutating func addSecret(
        _ name: String,
        in namespace: String,
        _ values: [String: SecretVersion]
    ) {
        let key = Key(namespace: namespace, name: name)
        secrets[key, default: [:]].merge(values) { _, new in new }
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
