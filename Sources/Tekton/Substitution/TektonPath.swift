// SPDX-License-Identifier: Apache-2.0

/// The absolute paths that Tekton promises to a step.
package enum TektonPath {
    package static let results = "/tekton/results"
    package static let steps = "/tekton/steps"
    package static let run = "/tekton/run"
    package static let home = "/tekton/home"
    package static let scripts = "/tekton/scripts"
    package static let artifacts = "/tekton/artifacts"
    package static let credentials = "/tekton/creds"
    package static let credentialSecrets = "/tekton/creds-secrets"
    package static let workspace = "/workspace"
}
