// SPDX-License-Identifier: Apache-2.0

/// The files of a repository that was fetched into.
package struct GitWorkTree {
    private let repository: GitRepository

    package init(_ repository: GitRepository) {
        self.repository = repository
    }

    /// Writes the files of the commit that HEAD is on, with the submodules and directories that are asked for.
    ///
    /// - Parameters:
    ///   - commit: what HEAD is on.
    ///   - request: its directories, submodules, address and access count.
    ///   - operation: how to stop it, and who is told how far it is.
    /// - Returns: what the user should know.
    /// - Throws: `GitError.corrupt` for what cannot be checked out safely.
    package func fill(
        with commit: ObjectID,
        _ request: CloneRequest,
        operation: GitOperation = GitOperation()
    ) throws(GitError) -> [String] {
        if request.directories.isEmpty, let fresh = try FreshCheckout(repository, commit) {
            try fresh.run(operation)
            // A plain tree has no submodules and no attributes, so no pointers of LFS either.
            return []
        }
        try SparseSelection(request.directories).checkOut(repository, commit, operation)
        if request.hasSubmodules {
            try SubmoduleClone(request, operation).run(in: repository, at: request.url)
        }
        guard let tree = repository.workTree else { return [] }
        return try LFSPointers.note(in: repository, tree).map { [$0] } ?? []
    }
}
