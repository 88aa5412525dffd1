// SPDX-License-Identifier: Apache-2.0

/// A top-level key of the configuration.
package enum ConfigurationKey: String, Sendable, CaseIterable {
    /// What `tacit run` writes without `-o`.
    case output
    /// How the steps' output is shown and kept.
    case logs
    /// How many tasks of a pipeline may be at work at once.
    case parallelTasks
    /// What stands in on this host for an image.
    case images
    /// Tekton's feature flags, by its own names.
    case featureFlags
    /// How much memory and disk a run may take.
    case sizes
    /// How accesses to secrets are recorded.
    case audit
    /// Where the cluster's addresses are reached from here.
    case endpoints
    /// How a service account proves itself to each store.
    case identities
    /// Where secrets are on this host.
    case sources
    /// Where Tekton's resolvers ask, and to whom a Secret of the files may be sent.
    case resolvers
    /// Which service accounts the YAML may choose.
    case serviceAccounts
    /// What hostPath volumes may name.
    case hostPaths
    /// Host directories that steps see, ahead in PATH.
    case toolPaths

    /// Whether a project that is not trusted may set it.
    package var isHarmless: Bool {
        switch self {
        case .output, .logs, .parallelTasks, .images, .featureFlags: true
        case .sizes, .audit, .endpoints, .identities, .sources, .resolvers, .serviceAccounts,
            .hostPaths, .toolPaths:
            false
        }
    }
}
