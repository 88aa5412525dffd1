// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Brings the objects of a clone: from the server, from a directory of this host, or from the cache after the
/// server was asked.
struct CloneSource {
    private let request: CloneRequest
    private let cache: MirrorCache?
    private let operation: GitOperation

    init(_ request: CloneRequest, cache: MirrorCache?, _ operation: GitOperation) {
        self.request = request
        self.cache = cache
        self.operation = operation
    }

    func fetch(into repository: GitRepository) throws(GitError) -> FetchedHistory {
        if request.url.scheme == .file { return try copy(into: repository) }
        if let cache, request.depth == nil {
            return try cache.mirror(of: request.url)
                .supply(repository, request: request, operation: operation)
        }
        let session = try RemoteSession(
            request.url,
            for: repository,
            access: request.access,
            operation: operation
        )
        return try download(session, into: repository)
    }

    /// From a directory of this host: its files, where it is complete, else through libgit2's local transport.
    private func copy(into repository: GitRepository) throws(GitError) -> FetchedHistory {
        let origin: GitRepository
        do throws(GitError) {
            origin = try GitRepository(opening: request.url.path)
        } catch {
            let isThere = (try? FileStatus(of: request.url.path)) != nil
            throw GitError(
                "clone",
                on: error.subject,
                .noSuchRepository,
                isThere
                    ? "it is no git repository"
                    : "no such directory; the address of a server is https://HOST/PATH, ssh://USER@HOST/PATH, "
                        + "USER@HOST:PATH or git://HOST/PATH"
            )
        }
        let session = try RemoteSession(
            request.url,
            for: repository,
            access: request.access,
            operation: operation
        )
        let store = ObjectStore(directory: "\(origin.directory)/objects")
        guard store.isSelfContained else { return try download(session, into: repository) }
        guard let target = try session.target(of: request.revision) else {
            return FetchedHistory()
        }
        let own = ObjectStore(directory: "\(repository.directory)/objects")
        try store.copy(to: own, operation)
        repository.refreshObjects()
        var fetched = try session.history(target, revision: request.revision, in: repository)
        // Everything of the directory is there now, more than the branch; only its own tags are named.
        fetched.tags = try ReachableTags(session.references).find(
            from: fetched.commit,
            in: repository
        )
        if request.depth != nil {
            fetched.notes.append("a clone of a directory has all of its history: no depth")
        }
        return fetched
    }

    private func download(
        _ session: RemoteSession,
        into repository: GitRepository
    ) throws(GitError) -> FetchedHistory {
        guard let target = try session.target(of: request.revision) else {
            return FetchedHistory()
        }
        var notes: [String] = []
        var depth = request.depth
        if depth != nil, !session.allowsDepth {
            notes.append(
                "libgit2 \(GitLibrary.version) has no shallow fetch from "
                    + "\(request.url.scheme.rawValue) remotes: all of the history was fetched"
            )
            depth = nil
        }
        let boundary = try session.download(target, depth: depth)
        if !boundary.isEmpty { try writeBoundary(boundary, in: repository) }
        var fetched = try session.history(target, revision: request.revision, in: repository)
        fetched.notes += notes
        if request.depth != nil { fetched.tags = fetched.tags.filter { $0.id == target.id } }
        return fetched
    }

    /// The commits at which the history was cut, where git looks for them.
    private func writeBoundary(
        _ boundary: [ObjectID],
        in repository: GitRepository
    ) throws(GitError) {
        let text = boundary.map(\.description).sorted().map { $0 + "\n" }.joined()
        let path = "\(repository.directory)/shallow"
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
