// SPDX-License-Identifier: Apache-2.0
package import Secrets

/// One file of a published tree.
package struct SecretFile: Sendable {
    /// Relative, `/`-separated, without `.` or `..`; directories are made as needed.
    package var path: String
    /// Permission bits.
    package var mode: UInt16
    package var content: SecretVersion
    /// Whether reads are recorded; `false` for what is no secret (a ConfigMap's).
    package var isAudited: Bool

    package init(path: String, mode: UInt16, content: SecretVersion, isAudited: Bool = true) {
        self.path = path
        self.mode = mode
        self.content = content
        self.isAudited = isAudited
    }
}
