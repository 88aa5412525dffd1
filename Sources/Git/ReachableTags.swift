// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// Finds the tags that lead into the history of a commit, in a repository that has others as well.
struct ReachableTags {
    private let tags: [RemoteReference]

    /// - Parameter references: what the server has.
    init(_ references: [RemoteReference]) {
        tags = references.filter { $0.name.hasPrefix("refs/tags/") }
    }

    /// Walks from the commit until every tag was met, or all that is left is older than the oldest of them.
    func find(
        from commit: ObjectID?,
        in repository: GitRepository
    ) throws(GitError) -> [(name: String, id: ObjectID)] {
        var wanted: [ObjectID: [RemoteReference]] = [:]
        var oldest = Int64.max
        for tag in tags where repository.hasObject(tag.id) {
            let target = tag.peeled ?? tag.id
            guard let details = try? repository.details(of: target) else { continue }
            wanted[target, default: []].append(tag)
            oldest = min(oldest, details.committer.seconds)
        }
        guard let commit, !wanted.isEmpty else { return [] }
        // Clocks differ: what claims to be a day older than the oldest tag may still lie above it.
        let end = oldest - 86400
        var found: [(name: String, id: ObjectID)] = []
        var walk: OpaquePointer?
        let made = unsafe cgit2_revwalk_new(&walk, repository.native)
        try LibraryCheck.succeeded(made, "git_revwalk_new", on: repository.directory)
        defer { unsafe cgit2_revwalk_free(walk) }
        unsafe _ = cgit2_revwalk_sorting(walk, GIT_SORT_TIME.rawValue)
        var start = commit.native
        let pushed = unsafe cgit2_revwalk_push(walk, &start)
        try LibraryCheck.succeeded(pushed, "git_revwalk_push", on: "\(commit)")
        var left = wanted.count
        var visited = 0
        var id = git_oid()
        while left > 0, unsafe cgit2_revwalk_next(&id, walk) == 0 {
            let current = ObjectID(id)
            visited += 1
            if let here = wanted[current] {
                left -= 1
                found += here.map { ($0.name, $0.id) }
            } else if visited.isMultiple(of: 256),
                try repository.details(of: current).committer.seconds < end
            {
                break
            }
        }
        return found.sorted { $0.name < $1.name }
    }
}
