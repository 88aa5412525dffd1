// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// Clones the submodules of a repository, and theirs, at the commits that it names.
///
/// Each gets the credential of its own address. An address that the repository names leads to a server: a
/// directory of this host is refused, unless the repository itself came from one.
@safe struct SubmoduleClone {
    private let request: CloneRequest
    private let operation: GitOperation

    private static let depthLimit = 16

    init(_ request: CloneRequest, _ operation: GitOperation) {
        self.request = request
        self.operation = operation
    }

    /// Clones them, one after the other.
    func run(in repository: GitRepository, at origin: GitURL, level: Int = 0) throws(GitError) {
        let entries = try GitIndex(of: repository).entries()
        // A submodule's entry: the mode of a commit.
        for entry in entries where entry.mode == GIT_FILEMODE_COMMIT.rawValue {
            if level == Self.depthLimit {
                throw GitError(
                    "clone",
                    on: entry.path,
                    .unsupported,
                    "submodules are nested deeper than \(Self.depthLimit)"
                )
            }
            try operation.check(entry.path)
            try clone(entry, in: repository, at: origin, level)
        }
    }

    private func clone(
        _ entry: GitIndex.Entry,
        in repository: GitRepository,
        at origin: GitURL,
        _ level: Int
    ) throws(GitError) {
        var found: OpaquePointer?
        let code = unsafe cgit2_submodule_lookup(&found, repository.native, entry.path)
        // An entry without a name in .gitmodules: git leaves its directory empty, too.
        if code == GIT_ENOTFOUND.rawValue { return }
        try LibraryCheck.succeeded(code, "git_submodule_lookup", on: entry.path)
        defer { unsafe cgit2_submodule_free(found) }
        guard let text = unsafe cgit2_submodule_url(found) else { return }
        let url = try address(unsafe String(cString: text), from: origin, entry.path)
        operation.note(url)
        let exchange = RemoteExchange(url, request.access, operation)
        var options = unsafe git_submodule_update_options()
        let version = UInt32(GIT_SUBMODULE_UPDATE_OPTIONS_VERSION)
        let made = unsafe cgit2_submodule_update_options_init(&options, version)
        try LibraryCheck.succeeded(made, "git_submodule_update_options_init", on: entry.path)
        unsafe options.fetch_opts.callbacks = try exchange.callbacks()
        unsafe options.checkout_opts.checkout_strategy = GIT_CHECKOUT_FORCE.rawValue
        let updated = unsafe cgit2_submodule_update(found, 1, &options)
        if updated < 0 {
            throw exchange.failure
                ?? LibraryCheck.failure(updated, "git_submodule_update", on: "\(url)")
        }
        var opened: OpaquePointer?
        let open = unsafe cgit2_submodule_open(&opened, found)
        try LibraryCheck.succeeded(open, "git_submodule_open", on: entry.path)
        guard let opened = unsafe opened else { return }
        let inner = unsafe GitRepository(owning: opened)
        try run(in: inner, at: url, level: level + 1)
    }

    /// The address of a submodule; one that starts with a dot is beside or below the repository's own.
    private func address(
        _ text: String,
        from origin: GitURL,
        _ path: String
    ) throws(GitError) -> GitURL {
        if text.hasPrefix("./") || text.hasPrefix("../") {
            var parts = origin.path.split(separator: "/", omittingEmptySubsequences: false)
            if parts.last?.isEmpty == true { parts.removeLast() }
            for name in text.split(separator: "/") where name != "." {
                if name == ".." {
                    if parts.count > 1 { parts.removeLast() }
                } else {
                    parts.append(name)
                }
            }
            return origin.replacing(path: parts.joined(separator: "/"))
        }
        let url = try GitAddress(text).url
        if url.scheme == .file, origin.scheme != .file {
            throw GitError(
                "clone",
                on: path,
                .malformedAddress,
                "the submodule's address is a directory of this host"
            )
        }
        return url
    }
}
