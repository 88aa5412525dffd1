// SPDX-License-Identifier: Apache-2.0

/// What a clone has brought.
package struct CloneOutcome: Sendable, Hashable {
    /// What is checked out; `nil` for a repository without a commit.
    package var commit: GitCommit?
    /// The branch that HEAD is on; `nil` when it is on none.
    package var branch: String?
    /// Whether the objects came from the cache, and nothing was new.
    package var isFromCache = false
    /// What its user should know: a depth that could not be had, files that are only pointers.
    package var notes: [String] = []
}
