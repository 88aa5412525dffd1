// SPDX-License-Identifier: Apache-2.0
package import Git
package import Sandbox
package import Secrets

/// Why a run failed for a reason that is not in its steps: the world around it.
package enum RunFailure: Error, Sendable, CustomStringConvertible {
    /// A store refused or could not be reached; no step has run.
    case store([SecretStoreError])
    /// A workspace's repository could not be cloned; no step has run.
    case git(workspace: String, GitError)
    /// This host could not build a step's world; no step has run.
    case host(SandboxError)
    /// A step's world could not be built after others had run.
    case world(SandboxError)
    /// What happened could not be recorded, or output not kept; in the words of what refused it.
    case record(String)
    /// The locked memory for values is full, or the like.
    case memory(String)

    package var description: String {
        switch self {
        case .store(let errors): errors.map(\.description).joined(separator: "\n")
        case .git(let workspace, let error): "workspace `\(workspace)`: \(error)"
        case .host(let error), .world(let error): error.description
        case .record(let words): "the run cannot be recorded: \(words)"
        case .memory(let words): words
        }
    }
}
