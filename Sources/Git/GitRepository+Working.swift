// SPDX-License-Identifier: Apache-2.0
internal import CGit2

extension GitRepository {
    /// Opens the repository that a directory lies in.
    package convenience init(around directory: String) throws(GitError) {
        try GitLibrary.open()
        var opened: OpaquePointer?
        let code = unsafe cgit2_repository_open_ext(&opened, directory, 0, nil)
        guard code == 0, let opened = unsafe opened else {
            _ = LibraryCheck.failure(code, "git_repository_open_ext", on: directory)
            throw GitError(
                "open",
                on: directory,
                .noSuchRepository,
                "not a git repository, and no directory above it is one"
            )
        }
        unsafe self.init(owning: opened)
    }

    /// The top of the work tree, without a slash at its end; `nil` for a bare repository.
    package var workTree: String? {
        guard let path = unsafe cgit2_repository_workdir(native) else { return nil }
        var text = unsafe String(cString: path)
        while text.count > 1, text.hasSuffix("/") { text.removeLast() }
        return text
    }

    /// The branch that HEAD is on, by its full name; `nil` when HEAD is on a commit.
    package var headReference: String? {
        var reference: OpaquePointer?
        guard unsafe cgit2_reference_lookup(&reference, native, "HEAD") == 0 else { return nil }
        defer { unsafe cgit2_reference_free(reference) }
        return unsafe cgit2_reference_symbolic_target(reference).map { unsafe String(cString: $0) }
    }

    /// The address of a remote; `nil` when there is none of that name.
    package func remoteAddress(_ name: String) -> String? {
        var remote: OpaquePointer?
        guard unsafe cgit2_remote_lookup(&remote, native, name) == 0 else { return nil }
        defer { unsafe cgit2_remote_free(remote) }
        return unsafe cgit2_remote_url(remote).map { unsafe String(cString: $0) }
    }

    /// What is fetched from a remote when nothing else is said.
    package func remoteRefspecs(_ name: String) throws(GitError) -> [String] {
        try GitConfiguration(file: "\(directory)/config").entries()
            .filter { $0.name == "remote.\(name).fetch" }.map(\.value)
    }

    /// Writes down a remote with all of its branches.
    package func addRemote(_ name: String, address: String) throws(GitError) {
        let url = try GitAddress(address).url
        try addRemote(name, url, fetching: "+refs/heads/*:refs/remotes/\(name)/*")
    }

    /// Puts HEAD and the work tree on a branch or a commit.
    ///
    /// `reference` is the branch's full name; `nil` leaves HEAD on the commit itself. Without `overwrites`, files
    /// that were changed stand in the way.
    package func checkOut(
        _ commit: ObjectID,
        on reference: String?,
        overwrites: Bool
    ) throws(GitError) {
        let checkout = GitCheckout(self, GitOperation())
        try checkout.run(commit, overwrites: overwrites)
        if let reference {
            try setHead(to: reference)
        } else {
            try detachHead(at: commit)
        }
    }
}
