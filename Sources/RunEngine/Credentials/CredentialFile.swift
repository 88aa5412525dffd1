// SPDX-License-Identifier: Apache-2.0
internal import Cryptography

/// A file that lets programs authenticate, as Tekton lays it into `/tekton/creds` and into HOME.
struct CredentialFile: Sendable {
    /// Relative to either: `.ssh/config`.
    var path: String
    var content: SharedLockedBytes
}
