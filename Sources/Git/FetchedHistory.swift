// SPDX-License-Identifier: Apache-2.0

/// What was brought into a repository for a clone, before anything there is named.
struct FetchedHistory: Sendable {
    /// What the revision turned out to mean; `nil` for an empty repository.
    var target: RemoteTarget?
    /// What is to be checked out.
    var commit: ObjectID?
    /// The tags to write down, by their full names.
    var tags: [(name: String, id: ObjectID)] = []
    /// Whether the branch is the server's own HEAD.
    var isDefaultBranch = false
    /// Whether everything was in the cache already.
    var isFromCache = false
    var notes: [String] = []
}
