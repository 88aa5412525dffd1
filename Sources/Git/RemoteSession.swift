// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// One connection to a remote on behalf of a repository.
///
/// Thread rule: belongs to the thread of the one job that opened it.
@safe final class RemoteSession {
    let url: GitURL
    /// What the server has, as it said at the beginning.
    let references: [RemoteReference]
    private let repository: GitRepository
    private let exchange: RemoteExchange
    private let remote: OpaquePointer

    /// Connects, proves who this side is where the server asks for it, and takes the list of references.
    init(
        _ url: GitURL,
        for repository: GitRepository,
        access: GitAccess,
        operation: GitOperation
    ) throws(GitError) {
        self.url = url
        self.repository = repository
        exchange = RemoteExchange(url, access, operation)
        try operation.check("\(url)")
        operation.note(url)
        var made: OpaquePointer?
        let code = unsafe cgit2_remote_create_anonymous(&made, repository.native, "\(url)")
        try LibraryCheck.succeeded(code, "git_remote_create_anonymous", on: "\(url)")
        guard let remote = unsafe made else { preconditionFailure("a new remote is there") }
        unsafe self.remote = remote
        do throws(GitError) {
            unsafe references = try Self.connect(remote, exchange)
        } catch {
            unsafe cgit2_remote_free(remote)
            throw error
        }
    }

    deinit {
        unsafe _ = cgit2_remote_disconnect(remote)
        unsafe cgit2_remote_free(remote)
    }

    private static func connect(
        _ remote: OpaquePointer,
        _ exchange: RemoteExchange
    ) throws(GitError) -> [RemoteReference] {
        let subject = "\(exchange.url)"
        var callbacks = unsafe try exchange.callbacks()
        let code = unsafe cgit2_remote_connect(remote, GIT_DIRECTION_FETCH, &callbacks, nil, nil)
        if code < 0 {
            throw exchange.failure ?? ConnectionFailure.explain(code, exchange)
        }
        var heads: UnsafeMutablePointer<UnsafePointer<git_remote_head>?>?
        var count = 0
        let listed = unsafe cgit2_remote_ls(&heads, &count, remote)
        if listed < 0 {
            throw exchange.failure ?? LibraryCheck.failure(listed, "git_remote_ls", on: subject)
        }
        var references: [RemoteReference] = []
        references.reserveCapacity(count)
        for index in 0..<count {
            guard let head = unsafe heads?[index] else { continue }
            let name = unsafe String(cString: head.pointee.name)
            let id = unsafe ObjectID(head.pointee.oid)
            if name.hasSuffix("^{}") {
                if let last = references.indices.last, references[last].name + "^{}" == name {
                    references[last].peeled = id
                }
                continue
            }
            let target = unsafe head.pointee.symref_target.map { unsafe String(cString: $0) }
            references.append(RemoteReference(name: name, id: id, symbolicTarget: target))
        }
        return references
    }

    /// Whether the server lets a fetch be of limited depth.
    var allowsDepth: Bool { exchange.capabilities.contains("shallow") }

    /// Whether the server gives any commit by its id, and not references alone.
    var allowsIDs: Bool {
        exchange.capabilities.contains("allow-reachable-sha1-in-want")
            || exchange.capabilities.contains("allow-any-sha1-in-want")
    }

    /// Fetches what the refspecs name and the repository does not have; no reference is changed.
    ///
    /// - Parameters:
    ///   - refspecs: as git's, or an object's name.
    ///   - depth: how many commits of each history; `nil` for all.
    /// - Returns: the commits whose parents were left out.
    /// - Throws: our own reason, where a callback stopped it, else libgit2's.
    func download(_ refspecs: [String], depth: Int? = nil) throws(GitError) -> [ObjectID] {
        var options = unsafe git_fetch_options()
        let version = UInt32(GIT_FETCH_OPTIONS_VERSION)
        let made = unsafe cgit2_fetch_options_init(&options, version)
        try LibraryCheck.succeeded(made, "git_fetch_options_init", on: "\(url)")
        unsafe options.callbacks = try exchange.callbacks()
        unsafe options.download_tags = GIT_REMOTE_DOWNLOAD_TAGS_NONE
        try repository.takePacks()
        let known = ShallowNegotiation.boundary(of: repository.directory)
        exchange.shallow =
            depth == nil && known.isEmpty ? nil : ShallowNegotiation(depth: depth, known: known)
        let code = unsafe StringArray.withNative(refspecs) { list in
            var list = unsafe list
            return unsafe cgit2_remote_download(remote, &list, &options)
        }
        if code < 0 {
            throw exchange.failure ?? repository.packFailure
                ?? LibraryCheck.failure(code, "git_remote_download", on: "\(url)")
        }
        repository.refreshObjects()
        return exchange.shallow?.boundary ?? []
    }
}
