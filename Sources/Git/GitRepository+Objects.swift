// SPDX-License-Identifier: Apache-2.0
internal import CGit2

extension GitRepository {
    /// The commit that a name leads to: a branch, a tag, an id or its start, `HEAD~2`.
    package func commit(named name: String) throws(GitError) -> ObjectID {
        var object: OpaquePointer?
        let code = unsafe cgit2_revparse_single(&object, native, name)
        if code < 0 {
            let failure = LibraryCheck.failure(code, "git_revparse_single", on: name)
            throw GitError(failure.operation, on: name, .noSuchRevision, failure.message)
        }
        defer { unsafe cgit2_object_free(object) }
        return unsafe try peel(object, named: name)
    }

    /// What a name leads to, whatever its kind.
    package func object(named name: String) throws(GitError) -> ObjectID {
        var object: OpaquePointer?
        let code = unsafe cgit2_revparse_single(&object, native, name)
        try LibraryCheck.succeeded(code, "git_revparse_single", on: name)
        defer { unsafe cgit2_object_free(object) }
        return unsafe ObjectID(cgit2_object_id(object).pointee)
    }

    /// The commit behind an object: itself, or what a tag points at.
    package func commit(of id: ObjectID) throws(GitError) -> ObjectID {
        var object: OpaquePointer?
        var target = id.native
        let code = unsafe cgit2_object_lookup(&object, native, &target, GIT_OBJECT_ANY)
        try LibraryCheck.succeeded(code, "git_object_lookup", on: "\(id)")
        defer { unsafe cgit2_object_free(object) }
        return unsafe try peel(object, named: "\(id)")
    }

    private func peel(_ object: OpaquePointer?, named name: String) throws(GitError) -> ObjectID {
        var commit: OpaquePointer?
        let code = unsafe cgit2_object_peel(&commit, object, GIT_OBJECT_COMMIT)
        if code < 0 {
            let failure = LibraryCheck.failure(code, "git_object_peel", on: name)
            throw GitError(failure.operation, on: name, .noSuchRevision, failure.message)
        }
        defer { unsafe cgit2_object_free(commit) }
        return unsafe ObjectID(cgit2_object_id(commit).pointee)
    }

    /// What a commit says of itself.
    package func details(of commit: ObjectID) throws(GitError) -> GitCommit {
        var object: OpaquePointer?
        var id = commit.native
        let code = unsafe cgit2_commit_lookup(&object, native, &id)
        try LibraryCheck.succeeded(code, "git_commit_lookup", on: "\(commit)")
        defer { unsafe cgit2_commit_free(object) }
        var parents: [ObjectID] = []
        let parentCount = unsafe cgit2_commit_parentcount(object)
        for index in 0..<parentCount {
            if let parent = unsafe cgit2_commit_parent_id(object, index) {
                unsafe parents.append(ObjectID(parent.pointee))
            }
        }
        let message = unsafe cgit2_commit_message(object).map { unsafe String(cString: $0) } ?? ""
        return unsafe GitCommit(
            id: commit,
            tree: ObjectID(cgit2_commit_tree_id(object).pointee),
            parents: parents,
            author: GitCommit.Person(cgit2_commit_author(object)),
            committer: GitCommit.Person(cgit2_commit_committer(object)),
            message: message
        )
    }

    /// A file of a commit.
    ///
    /// - Throws: `GitError.noSuchRevision` when there is no such file; `.unsupported` when it has more than
    ///   `limit` bytes.
    package func file(
        _ path: String,
        of commit: ObjectID,
        limit: Int
    ) throws(GitError) -> [UInt8] {
        let treeID = try details(of: commit).tree
        var tree: OpaquePointer?
        var id = treeID.native
        let code = unsafe cgit2_tree_lookup(&tree, native, &id)
        try LibraryCheck.succeeded(code, "git_tree_lookup", on: "\(treeID)")
        defer { unsafe cgit2_tree_free(tree) }
        var entry: OpaquePointer?
        let found = unsafe cgit2_tree_entry_bypath(&entry, tree, path)
        defer { unsafe cgit2_tree_entry_free(entry) }
        guard unsafe found == 0 && cgit2_tree_entry_type(entry) == GIT_OBJECT_BLOB else {
            throw GitError("read", on: path, .noSuchRevision, "commit \(commit) has no such file")
        }
        var blob: OpaquePointer?
        let read = unsafe cgit2_blob_lookup(&blob, native, cgit2_tree_entry_id(entry))
        try LibraryCheck.succeeded(read, "git_blob_lookup", on: path)
        defer { unsafe cgit2_blob_free(blob) }
        let count = Int(unsafe cgit2_blob_rawsize(blob))
        if count > limit {
            throw GitError("read", on: path, .unsupported, "it has more than \(limit) bytes")
        }
        let start = unsafe cgit2_blob_rawcontent(blob)
        return unsafe Array(UnsafeRawBufferPointer(start: start, count: count))
    }
}
