// SPDX-License-Identifier: Apache-2.0

extension RemoteSession {
    /// What a revision means here; `nil` for a server without any reference.
    ///
    /// - Throws: `GitError.noSuchRevision`.
    func target(of revision: String?) throws(GitError) -> RemoteTarget? {
        if let target = RemoteTarget(revision, among: references) { return target }
        if references.isEmpty { return nil }
        guard let revision else {
            throw GitError(
                "fetch",
                on: "\(url)",
                .noSuchRevision,
                "its HEAD leads nowhere; name a branch"
            )
        }
        throw GitError(
            "fetch",
            on: "\(url)",
            .noSuchRevision,
            "no branch, tag, reference or commit `\(revision)`"
        )
    }

    /// Fetches what a target needs.
    ///
    /// A commit that no reference points at is asked for by its id; from a server that does not give that,
    /// all branches and tags are fetched.
    ///
    /// - Returns: the commits at which a limited depth has cut the history.
    func download(_ target: RemoteTarget, depth: Int? = nil) throws(GitError) -> [ObjectID] {
        switch target.kind {
        case .branch, .tag, .reference:
            guard let name = target.reference else {
                preconditionFailure("a named target has its reference")
            }
            return try download(["+\(name):refs/tacit/wanted"], depth: depth)
        case .commit:
            if let name = target.reference {
                return try download(["+\(name):refs/tacit/wanted"], depth: depth)
            }
            guard let id = target.id else { preconditionFailure("a commit has its id") }
            if allowsIDs {
                return try download(["\(id):refs/tacit/wanted"], depth: depth)
            }
            return try downloadEverything()
        case .abbreviation: return try downloadEverything()
        }
    }

    private func downloadEverything() throws(GitError) -> [ObjectID] {
        try download(["+refs/heads/*:refs/tacit/*", "+refs/tags/*:refs/tacit-tags/*"])
    }

    /// Looks at what came: which commit it is, and which tags lead into it.
    ///
    /// The repository holds what the target needs and nothing else.
    func history(
        _ target: RemoteTarget,
        revision: String?,
        in repository: GitRepository
    ) throws(GitError) -> FetchedHistory {
        var fetched = FetchedHistory()
        fetched.target = target
        if let id = target.id {
            guard repository.hasObject(id) else {
                throw GitError("fetch", on: "\(url)", .noSuchRevision, "it has no commit \(id)")
            }
            fetched.commit = try repository.commit(of: id)
        } else {
            guard let revision else { preconditionFailure("an abbreviation was given") }
            fetched.commit = try repository.commit(named: revision)
        }
        if case .branch = target.kind {
            let head = references.first { $0.name == "HEAD" }
            fetched.isDefaultBranch =
                head?.symbolicTarget == target.reference
                || head?.symbolicTarget == nil && head?.id == target.id
        }
        for tag in references where tag.name.hasPrefix("refs/tags/") {
            if repository.hasObject(tag.peeled ?? tag.id), repository.hasObject(tag.id) {
                fetched.tags.append((tag.name, tag.id))
            }
        }
        return fetched
    }
}
