// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Fetches into a repository that is there, as `git fetch` does.
package struct GitFetch {
    private let repository: GitRepository
    private let operation: GitOperation

    package init(_ repository: GitRepository, operation: GitOperation = GitOperation()) {
        self.repository = repository
        self.operation = operation
    }

    /// What came.
    package struct Outcome {
        /// What the first of the sources leads to; also in FETCH_HEAD.
        package var first: ObjectID?
        /// What the user should know.
        package var notes: [String] = []
    }

    /// Fetches what the refspecs name: a source, or `+source:target` with `*` on both sides or on neither.
    ///
    /// - Parameters:
    ///   - url: the remote.
    ///   - refspecs: a source without a target goes to FETCH_HEAD alone.
    ///   - depth: how many commits of history; `nil` for all.
    ///   - access: credentials and how the server is known.
    /// - Returns: what came.
    /// - Throws: `GitError.noSuchRevision` for a source that the server does not have.
    package func run(
        from url: GitURL,
        _ refspecs: [String],
        depth: Int?,
        access: GitAccess
    ) throws(GitError) -> Outcome {
        let session = try RemoteSession(
            url,
            for: repository,
            access: access,
            operation: operation
        )
        var outcome = Outcome()
        var limit = depth
        if depth != nil, !session.allowsDepth {
            limit = nil
            outcome.notes.append("no shallow fetch from this remote: all of the history is fetched")
        }
        var updates: [(name: String, id: ObjectID)] = []
        var heads: [(target: RemoteTarget, source: String)] = []
        for refspec in refspecs {
            let parts = Refspec(refspec)
            if parts.hasWildcard {
                let matches = parts.matches(session.references)
                try keep(
                    session.download(["+\(parts.source):refs/tacit/wanted/*"], depth: limit)
                )
                updates += matches
                continue
            }
            guard let target = try session.target(of: parts.source) else { continue }
            try keep(session.download(target, depth: limit))
            let id = try object(of: target, parts.source)
            if let name = parts.fullTarget(for: target) { updates.append((name, id)) }
            heads.append((target, parts.source))
            outcome.first = outcome.first ?? id
        }
        for (name, id) in updates {
            try repository.setReference(name, to: id, message: "fetch \(url)")
        }
        try writeHeads(heads, url)
        return outcome
    }

    private func object(
        of target: RemoteTarget,
        _ source: String
    ) throws(GitError) -> ObjectID {
        if let id = target.id { return id }
        return try repository.commit(named: source)
    }

    /// Adds to the commits at which the history is cut.
    private func keep(_ boundary: [ObjectID]) throws(GitError) {
        if boundary.isEmpty { return }
        let path = "\(repository.directory)/shallow"
        let known = ShallowNegotiation.boundary(of: repository.directory)
        let all = Set((known + boundary).map(\.description)).sorted()
        try write(all.map { $0 + "\n" }.joined(), to: path)
    }

    private func writeHeads(
        _ heads: [(target: RemoteTarget, source: String)],
        _ url: GitURL
    ) throws(GitError) {
        var text = ""
        for (target, source) in heads {
            let id = try object(of: target, source)
            let what =
                switch target.kind {
                case .branch(let name): "branch '\(name)' of "
                case .tag(let name): "tag '\(name)' of "
                case .reference: "'\(target.reference ?? source)' of "
                case .commit, .abbreviation: "'\(id)' of "
                }
            text += "\(id)\t\t\(what)\(url)\n"
        }
        try write(text, to: "\(repository.directory)/FETCH_HEAD")
    }

    private func write(_ text: String, to path: String) throws(GitError) {
        do throws(SystemError) {
            let file = try FileDescriptor.open(
                path,
                [.writeOnly, .create, .truncate],
                permissions: 0o644
            )
            try file.write(text)
        } catch {
            throw GitError(error.operation, on: path, .destination, "\(error.code)")
        }
    }
}
