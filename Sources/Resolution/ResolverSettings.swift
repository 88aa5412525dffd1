// SPDX-License-Identifier: Apache-2.0
package import Cryptography
package import Git

/// What the user has settled for resolvers.
package struct ResolverSettings: Sendable {
    /// Where Artifact Hub's API is.
    package var artifactHub: String
    /// Where a Tekton Hub is; `nil` where there is none.
    package var tektonHub: String?
    /// `https://HOST[:PORT]` to which a Secret of the files may be sent.
    package var credentialAddresses: Set<String>
    /// How git's servers are reached and known; no credential of the host's is among it.
    package var gitAccess: GitAccess
    /// Where mirrors of repositories are kept.
    package var gitDirectory: String
    /// The value of a key of a Secret; `nil` when there is none.
    package var secret:
        @Sendable (_ namespace: String, _ name: String, _ key: String) ->
            SharedLockedBytes?

    package init(
        artifactHub: String = "https://artifacthub.io",
        tektonHub: String? = nil,
        credentialAddresses: Set<String> = [],
        gitAccess: GitAccess = GitAccess(),
        gitDirectory: String,
        secret: @escaping @Sendable (String, String, String) -> SharedLockedBytes? = { _, _, _ in
            nil
        }
    ) {
        self.artifactHub = artifactHub
        self.tektonHub = tektonHub
        self.credentialAddresses = credentialAddresses
        self.gitAccess = gitAccess
        self.gitDirectory = gitDirectory
        self.secret = secret
    }
}
