// SPDX-License-Identifier: Apache-2.0
package import Git

/// A workspace that a repository is cloned into before the first step.
package struct GitWorkspace: Sendable {
    package var name: String
    package var address: Git.GitAddress
    /// A branch, a tag, a commit or a reference; `nil` for the server's own HEAD.
    package var revision: String?
    /// Where it is cloned to; missing until then.
    package var directory: String

    package init(name: String, address: Git.GitAddress, revision: String?, directory: String) {
        self.name = name
        self.address = address
        self.revision = revision
        self.directory = directory
    }
}
