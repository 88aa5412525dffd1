// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// Writes a commit's files into the work tree of a repository.
///
/// libgit2 refuses names that would lead out of the tree or into `.git`, in any spelling that some filesystem
/// takes for it.
@safe final class GitCheckout {
    private let repository: GitRepository
    private let operation: GitOperation
    private var failure: GitError?

    init(_ repository: GitRepository, _ operation: GitOperation) {
        self.repository = repository
        self.operation = operation
    }

    /// Writes the files of a commit; only those below `paths`, where there are any.
    ///
    /// `overwrites`: whether files that were changed are replaced.
    func run(
        _ commit: ObjectID,
        paths: [String] = [],
        overwrites: Bool = true
    ) throws(GitError) {
        var options = unsafe git_checkout_options()
        let version = UInt32(GIT_CHECKOUT_OPTIONS_VERSION)
        let made = unsafe cgit2_checkout_options_init(&options, version)
        try LibraryCheck.succeeded(made, "git_checkout_options_init", on: repository.directory)
        var safely = GIT_CHECKOUT_SAFE.rawValue
        // Before the first commit nothing is missing because somebody removed it.
        if repository.target(of: "HEAD") == nil { safely |= GIT_CHECKOUT_RECREATE_MISSING.rawValue }
        unsafe options.checkout_strategy = overwrites ? GIT_CHECKOUT_FORCE.rawValue : safely
        if !paths.isEmpty {
            unsafe options.checkout_strategy |= GIT_CHECKOUT_DISABLE_PATHSPEC_MATCH.rawValue
        }
        unsafe options.notify_flags = GIT_CHECKOUT_NOTIFY_UPDATED.rawValue
        let context = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe options.notify_payload = context
        unsafe options.progress_payload = context
        unsafe options.notify_cb = { _, _, _, _, _, payload in
            guard let payload = unsafe payload else { return -1 }
            return unsafe Unmanaged<GitCheckout>.fromOpaque(payload).takeUnretainedValue()
                .mayGoOn()
        }
        unsafe options.progress_cb = { _, done, total, payload in
            guard let payload = unsafe payload else { return }
            unsafe Unmanaged<GitCheckout>.fromOpaque(payload).takeUnretainedValue()
                .tell(done, of: total)
        }
        var object: OpaquePointer?
        var id = commit.native
        let found = unsafe cgit2_object_lookup(&object, repository.native, &id, GIT_OBJECT_COMMIT)
        try LibraryCheck.succeeded(found, "git_object_lookup", on: "\(commit)")
        defer { unsafe cgit2_object_free(object) }
        let code = unsafe StringArray.withNative(paths) { list in
            if !paths.isEmpty { unsafe options.paths = list }
            return unsafe cgit2_checkout_tree(repository.native, object, &options)
        }
        if code < 0 {
            throw failure
                ?? LibraryCheck.failure(code, "git_checkout_tree", on: repository.directory)
        }
    }

    private func mayGoOn() -> CInt {
        failure = operation.reasonToStop(repository.directory)
        return failure == nil ? 0 : GIT_EUSER.rawValue
    }

    private func tell(_ done: Int, of total: Int) {
        operation.tell(
            GitProgress(phase: .checkingOut, done: done, total: total, byteCount: 0)
        )
    }
}
