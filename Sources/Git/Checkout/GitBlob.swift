// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// A file's content in a repository; libgit2 has checked it against its name.
@safe final class GitBlob {
    private let native: OpaquePointer

    init(_ id: ObjectID, in repository: GitRepository) throws(GitError) {
        var found: OpaquePointer?
        var name = id.native
        let code = unsafe cgit2_blob_lookup(&found, repository.native, &name)
        try LibraryCheck.succeeded(code, "git_blob_lookup", on: "\(id)")
        guard let found = unsafe found else {
            preconditionFailure("a blob that was found is there")
        }
        unsafe native = found
    }

    deinit { unsafe cgit2_blob_free(native) }

    /// Valid as long as the owner lives.
    var bytes: UnsafeRawBufferPointer {
        unsafe UnsafeRawBufferPointer(
            start: cgit2_blob_rawcontent(native),
            count: Int(cgit2_blob_rawsize(native))
        )
    }
}
