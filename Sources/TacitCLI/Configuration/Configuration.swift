// SPDX-License-Identifier: Apache-2.0
package import JSON
package import Secrets

/// What the user has settled for every run on this host.
///
/// Source: flag > environment > project's `tacit.yaml` (harmless keys, or all when trusted) > the user's
/// `config.yaml` > `/etc/tacit/config.yaml` > default, key by key.
package struct Configuration: Sendable {
    /// A key, its value as YAML would have it, and where that comes from.
    package struct Entry: Sendable, Hashable {
        package let key: ConfigurationKey
        package let value: JSONValue
        package let origin: SettingOrigin
    }

    package var output: OutputFormat = .text
    package var hasTimestamps = false
    /// How many TaskRuns of a PipelineRun may be at work at once; `nil` for the number of processors.
    package var parallelTasks: Int?
    /// The first that matches counts.
    package var images: [ImageRule] = []
    /// The size of a step's writable root in bytes; `nil` for half of the memory.
    package var stepRootByteLimit: Int?
    /// The size of what the steps of a TaskRun share, in bytes; `nil` for half of the memory.
    package var taskByteLimit: Int?
    /// What all steps of a command may take of memory, in bytes; `nil` for nine tenths of it.
    package var memoryByteLimit: Int?
    /// How many processes they may have; `nil` for 16384.
    package var processLimit: Int?
    /// How large the log of a step may grow, in bytes.
    package var logByteLimit = 4 << 30
    /// Locked memory for secret values, in bytes.
    package var secretByteLimit = 16 << 20
    /// How large accesses to secrets may make a run's record, in bytes; then no more are allowed.
    package var recordByteLimit = 256 << 20
    /// Whether the system's journal gets a copy of each run's events.
    package var copiesToJournal = false
    package var endpoints: [EndpointRule] = []
    package var identities: [IdentityRule] = []
    /// Where secrets are on this host, by name.
    package var sources: [SourceRule] = []
    /// Tekton's feature flags, by its own names.
    package var featureFlags: [String: String] = [:]
    /// Where Artifact Hub's API is.
    package var artifactHub = "https://artifacthub.io"
    /// Where a Tekton Hub is; `nil` where there is none.
    package var tektonHub: String?
    /// `https://HOST[:PORT]` to which resolvers may send a Secret of the files.
    package var resolverCredentials: Set<String> = []
    /// `namespace/name` of the service accounts that the YAML may choose.
    package var serviceAccounts: [String] = []
    /// Absolute paths.
    package var hostPaths: [String] = []
    /// Absolute paths.
    package var toolPaths: [String] = []

    /// Every key in the order of `ConfigurationKey`, for `tacit config show`.
    package var entries: [Entry] = []

    package init() {}

    /// The identities of a service account: its own entry, else that of `*`.
    package func identity(namespace: String, serviceAccount: String) -> IdentityRule? {
        let name = "\(namespace)/\(serviceAccount)"
        return identities.first { $0.serviceAccount == name }
            ?? identities.first { $0.serviceAccount == "*" }
    }
}
