// SPDX-License-Identifier: Apache-2.0

/// A top-level key of the configuration.
package enum ConfigurationKey: String, Sendable, CaseIterable {
    /// What `tacit run` writes without `-o`.
    case output
    /// How the steps' output is shown and kept.
    case logs
    /// What stands in on this host for an image.
    case images
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
    /// Which service accounts the YAML may choose.
    case serviceAccounts
    /// What hostPath volumes may name.
    case hostPaths
    /// Host directories that steps see, ahead in PATH.
    case toolPaths

    /// Whether a project that is not trusted may set it.
    package var isHarmless: Bool {
        switch self {
        case .output, .logs, .images: true
        case .sizes, .audit, .endpoints, .identities, .sources, .serviceAccounts, .hostPaths,
            .toolPaths:
            false
        }
    }
}
