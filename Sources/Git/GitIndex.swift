// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// The index of a repository: what its work tree should hold.
@safe final class GitIndex {
    /// One entry.
    struct Entry: Sendable {
        var path: String
        var id: ObjectID
        var mode: UInt32
        /// What the work tree's file has, in bytes.
        var byteCount: Int

        var isLink: Bool { mode == GIT_FILEMODE_LINK.rawValue }
        var isExecutable: Bool { mode == GIT_FILEMODE_BLOB_EXECUTABLE.rawValue }
    }

    private let native: OpaquePointer
    private let subject: String

    init(of repository: GitRepository) throws(GitError) {
        subject = repository.directory
        var opened: OpaquePointer?
        let code = unsafe cgit2_repository_index(&opened, repository.native)
        try LibraryCheck.succeeded(code, "git_repository_index", on: subject)
        guard let opened = unsafe opened else { preconditionFailure("an opened index is there") }
        unsafe native = opened
        let read = unsafe cgit2_index_read(native, 1)
        try LibraryCheck.succeeded(read, "git_index_read", on: subject)
    }

    deinit { unsafe cgit2_index_free(native) }

    /// Every entry, in the order of the paths.
    func entries() -> [Entry] {
        let count = unsafe cgit2_index_entrycount(native)
        return (0..<count).compactMap { position in
            guard let entry = unsafe cgit2_index_get_byindex(native, position) else { return nil }
            return unsafe Entry(
                path: String(cString: entry.pointee.path),
                id: ObjectID(entry.pointee.id),
                mode: entry.pointee.mode,
                byteCount: Int(entry.pointee.file_size)
            )
        }
    }

    /// Adds the entries of a tree that are not there, marked as left out of the work tree.
    func addSkipped(from other: GitIndex) throws(GitError) {
        let count = unsafe cgit2_index_entrycount(other.native)
        for position in 0..<count {
            guard let entry = unsafe cgit2_index_get_byindex(other.native, position),
                unsafe cgit2_index_get_bypath(native, entry.pointee.path, 0) == nil
            else { continue }
            var skipped = unsafe entry.pointee
            unsafe skipped.flags_extended |= UInt16(GIT_INDEX_ENTRY_SKIP_WORKTREE.rawValue)
            let code = unsafe cgit2_index_add(native, &skipped)
            try LibraryCheck.succeeded(code, "git_index_add", on: subject)
        }
        let written = unsafe cgit2_index_write(native)
        try LibraryCheck.succeeded(written, "git_index_write", on: subject)
    }

    /// An index in memory with all that a commit has.
    init(ofTree tree: ObjectID, in repository: GitRepository) throws(GitError) {
        subject = repository.directory
        var made: OpaquePointer?
        let code = unsafe cgit2_index_new(&made)
        try LibraryCheck.succeeded(code, "git_index_new", on: subject)
        guard let made = unsafe made else { preconditionFailure("a new index is there") }
        unsafe native = made
        var object: OpaquePointer?
        var id = tree.native
        let found = unsafe cgit2_tree_lookup(&object, repository.native, &id)
        try LibraryCheck.succeeded(found, "git_tree_lookup", on: "\(tree)")
        defer { unsafe cgit2_tree_free(object) }
        let read = unsafe cgit2_index_read_tree(native, object)
        try LibraryCheck.succeeded(read, "git_index_read_tree", on: subject)
    }
}
