// SPDX-License-Identifier: Apache-2.0

/// A remote repository that is read from, through the cache.
///
/// Thread rule: its calls block; run them on a thread of your own (`SystemThread`).
package struct GitRemote: Sendable {
    package let url: GitURL
    private let access: GitAccess
    private let cache: MirrorCache

    /// Reads with these credentials; the mirror that files are read from is kept in the cache.
    package init(_ url: GitURL, access: GitAccess, cache: MirrorCache) {
        self.url = url
        self.access = access
        self.cache = cache
    }

    /// A file of a repository, and the commit that it is of.
    package struct File: Sendable, Hashable {
        package var bytes: [UInt8]
        package var commit: ObjectID
    }

    /// Fetches one file at a revision; the server is asked each time.
    ///
    /// The path starts at the top of the repository, without a leading `/`. The revision is a branch, a tag, a
    /// commit or a reference; `nil` stands for the server's own HEAD. Throws `.noSuchRevision` when there is
    /// no such revision or file, and `.unsupported` when the file has more than `limit` bytes.
    package func file(
        _ path: String,
        at revision: String?,
        limit: Int = 16 << 20,
        operation: GitOperation = GitOperation()
    ) throws(GitError) -> File {
        if url.scheme == .file {
            let repository = try GitRepository(opening: url.path)
            let commit = try repository.commit(named: revision ?? "HEAD")
            return File(bytes: try repository.file(path, of: commit, limit: limit), commit: commit)
        }
        let (mirror, commit) = try cache.mirror(of: url).bring(
            revision,
            access: access,
            operation: operation
        )
        return File(bytes: try mirror.file(path, of: commit, limit: limit), commit: commit)
    }
}
