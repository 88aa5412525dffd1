// SPDX-License-Identifier: Apache-2.0

/// What is to be cloned, and how.
package struct CloneRequest: Sendable {
    package var url: GitURL
    /// A branch, a tag, a commit or a reference; `nil` for the server's own HEAD.
    package var revision: String?
    /// How many commits of history; `nil` for all.
    package var depth: Int?
    /// Whether submodules are cloned too, at the commits that the repository names.
    package var hasSubmodules = true
    /// Only these directories, and the files above them, are checked out; empty for everything.
    package var directories: [String] = []
    package var access: GitAccess

    package init(_ url: GitURL, revision: String? = nil, access: GitAccess = GitAccess()) {
        self.url = url
        self.revision = revision
        self.access = access
    }
}
