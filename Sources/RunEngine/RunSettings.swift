// SPDX-License-Identifier: Apache-2.0
internal import Platform
package import Sandbox
internal import Secrets
package import Tekton

/// What the user's configuration says of every run.
package struct RunSettings: Sendable {
    /// Between SIGTERM and SIGKILL.
    package var gracePeriod: Duration = .seconds(10)
    /// Host directories that no step may see: Tacit's state, cache and configuration.
    package var hiddenDirectories: [String] = []
    /// Host directories shown to steps read-only, ahead in PATH.
    package var toolPaths: [String] = []
    /// Host directories that `hostPath` volumes may name, each with everything below it.
    package var hostPaths: [String] = []
    /// `namespace/name` of the service accounts that the YAML may choose.
    package var serviceAccounts: [String] = []
    /// Where persistent volume claims are kept, a directory each: `<namespace>/<claim>`.
    package var claimDirectory = ""
    /// The size of a step's writable root; `nil` for half of the memory.
    package var overlayByteLimit: Int?
    /// The size of what the steps of a TaskRun share; `nil` for half of the memory.
    package var taskByteLimit: Int?
    /// What all steps of a command may take of memory; `nil` for nine tenths of it.
    package var memoryByteLimit: Int?
    /// How many processes they may have; `nil` for 16384.
    package var processLimit: Int?
    package var images: ImageTable = .builtIn
    /// Directories within hidden ones that this run itself gives to its steps, as workspaces.
    package var ownDirectories: [String] = []
    /// Whether Tacit runs as an ordinary user, whose steps cannot alter files of the host's root.
    package var isOrdinaryUser = false
    /// The highest user and group that a step can be; `nil` for no limit, 0 where there is one user only.
    package var highestUserID: UInt32?
    /// How many TaskRuns of a PipelineRun may be at work at once.
    package var parallelTasks = 1
    /// What the steps of a TaskRun can reach.
    package var network: TaskNetwork = .host
    /// How often secrets are fetched again, whatever their classes say; zero for never.
    package var rotation: GoDuration?
    /// Where breakpoints open their shells; `nil` when there is no terminal.
    package var terminal: DebugTerminal?
    /// Fetches what is asked for while a pipeline runs; `nil` for nothing.
    package var references: (any ReferenceSource)?
    /// Which of Tekton's optional features documents may use.
    package var gates = FeatureGates()
    /// Whether every failed step opens a shell.
    package var breaksOnFailure = false
    /// Whether the Secrets of a service account are no credentials: Tekton's `disable-creds-init`.
    package var hasNoCredentials = false

    package init() {}

    /// How often a class's secrets are fetched again; `nil` for never.
    func rotation(of secretClass: SecretProviderClass) -> Duration? {
        let interval = rotation ?? secretClass.rotation
        guard let interval, interval != .zero else { return nil }
        return interval.duration
    }

    /// Whether a volume may name that directory, given without links.
    func allowsHostPath(_ path: String) -> Bool {
        hostPaths.contains { allowed in
            path == allowed || path.hasPrefix(allowed.hasSuffix("/") ? allowed : allowed + "/")
        }
    }

    /// The hidden directory that a host directory would show: one in it, or one that it lies in.
    func hiddenDirectory(shownBy path: String) -> String? {
        if ownDirectories.contains(path) { return nil }
        return hiddenDirectories.map { (try? Path.resolved($0)) ?? $0 }.first { hidden in
            path == "/" || hidden == path || hidden.hasPrefix(path + "/")
                || path.hasPrefix(hidden + "/")
        }
    }
}
