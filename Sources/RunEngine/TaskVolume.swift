// SPDX-License-Identifier: Apache-2.0
internal import SecretFS

/// What a volume of a TaskRun is on this host.
enum TaskVolume: Sendable {
    /// A directory of the task's tree (`volumes/<name>`).
    case directory(String)
    /// A directory of the host, by absolute path.
    case host(String)
    /// A directory that the TaskRuns of a PipelineRun share.
    case shared(SharedClaim)
    /// Read-only files that the secret filesystem serves.
    case files([SecretFile])
}
