// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Clones a repository into a directory, whole or not at all.
///
/// What it makes is what `git clone --single-branch` makes: one branch with the tags that lead into it, or a
/// detached HEAD for a tag, a commit or another reference. It is built beside the directory and takes its
/// name when it is complete.
///
/// Thread rule: blocks; run it on a thread of your own (`SystemThread`).
package struct GitClone {
    private let request: CloneRequest
    private let operation: GitOperation
    private let cache: MirrorCache?

    /// - Parameters:
    ///   - request: what to clone.
    ///   - cache: keeps a mirror of the remote for the next time; `nil` for none.
    ///   - operation: how to stop it, and who is told how far it is.
    package init(
        _ request: CloneRequest,
        cache: MirrorCache? = nil,
        operation: GitOperation = GitOperation()
    ) {
        self.request = request
        self.cache = cache
        self.operation = operation
    }

    /// Does it, into a directory that is missing or empty; after an error it is as it was.
    package func run(into directory: String) throws(GitError) -> CloneOutcome {
        do throws(GitError) {
            return try attempt(directory)
        } catch {
            // The server's own damage would have been found when its pack came in: the mirror is to blame.
            guard let cache, error.code == .corrupt else { throw error }
            try cache.discardMirror(of: request.url)
            return try attempt(directory)
        }
    }

    private func attempt(_ directory: String) throws(GitError) -> CloneOutcome {
        let place = try ClonePlace(directory)
        do throws(GitError) {
            let repository = try GitRepository(initializing: place.temporary, isBare: false)
            let outcome = try fill(repository)
            try place.publish()
            return outcome
        } catch {
            place.discard()
            throw error
        }
    }

    private func fill(_ repository: GitRepository) throws(GitError) -> CloneOutcome {
        let source = CloneSource(request, cache: cache, operation)
        let fetched = try source.fetch(into: repository)
        var outcome = CloneOutcome()
        outcome.isFromCache = fetched.isFromCache
        outcome.notes = fetched.notes
        guard let id = fetched.commit else {
            try configureEmpty(repository, fetched)
            outcome.notes.append("the repository is empty")
            return outcome
        }
        try refer(repository, to: fetched, commit: id)
        if case .branch(let name) = fetched.target?.kind { outcome.branch = name }
        outcome.notes += try GitWorkTree(repository).fill(
            with: id,
            request,
            operation: operation
        )
        outcome.commit = try repository.details(of: id)
        return outcome
    }

    /// Names what was fetched as git clone does.
    private func refer(
        _ repository: GitRepository,
        to fetched: FetchedHistory,
        commit: ObjectID
    ) throws(GitError) {
        let message = "clone: from \(request.url)"
        let refspec: String
        switch fetched.target?.kind {
        case .branch(let name):
            refspec = "+refs/heads/\(name):refs/remotes/origin/\(name)"
            try repository.setReference(
                "refs/remotes/origin/\(name)",
                to: commit,
                message: message
            )
            if fetched.isDefaultBranch {
                try repository.setReference(
                    "refs/remotes/origin/HEAD",
                    toReference: "refs/remotes/origin/\(name)"
                )
            }
        case .tag(let name): refspec = "+refs/tags/\(name):refs/tags/\(name)"
        default: refspec = "+refs/heads/*:refs/remotes/origin/*"
        }
        for (name, id) in fetched.tags {
            try repository.setReference(name, to: id, message: message)
        }
        try repository.addRemote("origin", request.url, fetching: refspec)
        guard case .branch(let name) = fetched.target?.kind else {
            try repository.detachHead(at: commit)
            return
        }
        try repository.setReference("refs/heads/\(name)", to: commit, message: message)
        try repository.setHead(to: "refs/heads/\(name)")
        try repository.configure("branch.\(name).remote", "origin")
        try repository.configure("branch.\(name).merge", "refs/heads/\(name)")
    }

    private func configureEmpty(
        _ repository: GitRepository,
        _ fetched: FetchedHistory
    ) throws(GitError) {
        if let revision = request.revision {
            throw GitError(
                "fetch",
                on: "\(request.url)",
                .noSuchRevision,
                "the repository is empty: it has no `\(revision)`"
            )
        }
        try repository.addRemote(
            "origin",
            request.url,
            fetching: "+refs/heads/*:refs/remotes/origin/*"
        )
    }
}
