// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// An open repository.
///
/// Thread rule: belongs to the thread of the one job that opened it.
@safe package final class GitRepository {
    let native: OpaquePointer
    /// The directory of its objects and references.
    package let directory: String
    /// What takes the packs of fetches, once there is a fetch.
    private var packs: PackBackend?

    /// Opens the repository at exactly this path, a `.git` directory or a work tree; no parent is searched.
    package init(opening path: String) throws(GitError) {
        try GitLibrary.open()
        var opened: OpaquePointer?
        let code = unsafe cgit2_repository_open_ext(
            &opened,
            path,
            GIT_REPOSITORY_OPEN_NO_SEARCH.rawValue,
            nil
        )
        try LibraryCheck.succeeded(code, "git_repository_open_ext", on: path)
        guard let opened = unsafe opened else {
            preconditionFailure("an opened repository is there")
        }
        unsafe native = opened
        unsafe directory = Self.directory(of: opened)
    }

    /// Makes an empty repository; with a work tree at `path`, or bare.
    package init(initializing path: String, isBare: Bool) throws(GitError) {
        try GitLibrary.open()
        var options = unsafe git_repository_init_options()
        let version = UInt32(GIT_REPOSITORY_INIT_OPTIONS_VERSION)
        let code = unsafe cgit2_repository_init_options_init(&options, version)
        try LibraryCheck.succeeded(code, "git_repository_init_options_init", on: path)
        unsafe options.flags = GIT_REPOSITORY_INIT_MKPATH.rawValue
        if isBare { unsafe options.flags |= GIT_REPOSITORY_INIT_BARE.rawValue }
        var made: OpaquePointer?
        let result = unsafe "main".withCString { head in
            unsafe options.initial_head = head
            return unsafe cgit2_repository_init_ext(&made, path, &options)
        }
        try LibraryCheck.succeeded(result, "git_repository_init_ext", on: path)
        guard let made = unsafe made else { preconditionFailure("a new repository is there") }
        unsafe native = made
        unsafe directory = Self.directory(of: made)
    }

    /// Takes over an opened repository.
    @unsafe init(owning native: OpaquePointer) {
        unsafe self.native = native
        unsafe directory = Self.directory(of: native)
    }

    deinit { unsafe cgit2_repository_free(native) }

    private static func directory(of repository: OpaquePointer) -> String {
        var path = unsafe String(cString: cgit2_repository_path(repository))
        while path.count > 1, path.hasSuffix("/") { path.removeLast() }
        return path
    }

    /// Whether an object is there, whatever its kind.
    package func hasObject(_ id: ObjectID) -> Bool {
        var store: OpaquePointer?
        guard unsafe cgit2_repository_odb(&store, native) == 0 else { return false }
        defer { unsafe cgit2_odb_free(store) }
        var native = id.native
        return unsafe cgit2_odb_exists(store, &native) == 1
    }

    /// Makes it index the packs of fetches on all processors.
    func takePacks() throws(GitError) {
        if packs == nil { packs = try PackBackend.add(to: self) }
    }

    /// Why a pack could not be taken, where it was for a reason of our own.
    var packFailure: GitError? { packs?.failure }

    /// Looks for packs that have come since it was opened.
    func refreshObjects() {
        var store: OpaquePointer?
        guard unsafe cgit2_repository_odb(&store, native) == 0 else { return }
        unsafe _ = cgit2_odb_refresh(store)
        unsafe cgit2_odb_free(store)
    }
}

// MARK: - references and configuration

extension GitRepository {
    /// Points a reference at an object, whatever it pointed at before.
    package func setReference(
        _ name: String,
        to id: ObjectID,
        message: String
    ) throws(GitError) {
        var reference: OpaquePointer?
        var target = id.native
        let code = unsafe cgit2_reference_create(&reference, native, name, &target, 1, message)
        unsafe cgit2_reference_free(reference)
        try LibraryCheck.succeeded(code, "git_reference_create", on: name)
    }

    /// Points a reference at another one.
    func setReference(_ name: String, toReference other: String) throws(GitError) {
        var reference: OpaquePointer?
        let code = unsafe cgit2_reference_symbolic_create(
            &reference,
            native,
            name,
            other,
            1,
            nil
        )
        unsafe cgit2_reference_free(reference)
        try LibraryCheck.succeeded(code, "git_reference_symbolic_create", on: name)
    }

    /// What a reference leads to; `nil` when there is none of that name.
    package func target(of name: String) -> ObjectID? {
        var id = git_oid()
        guard unsafe cgit2_reference_name_to_id(&id, native, name) == 0 else { return nil }
        return ObjectID(id)
    }

    /// The names of all references, sorted.
    package func referenceNames() throws(GitError) -> [String] {
        var list = unsafe git_strarray()
        let code = unsafe cgit2_reference_list(&list, native)
        try LibraryCheck.succeeded(code, "git_reference_list", on: directory)
        defer { unsafe cgit2_strarray_dispose(&list) }
        var names: [String] = []
        let count = unsafe list.count
        for index in 0..<count {
            if let text = unsafe list.strings[index] { unsafe names.append(String(cString: text)) }
        }
        return names.sorted()
    }

    /// Puts HEAD on a branch, by its full name.
    package func setHead(to reference: String) throws(GitError) {
        let code = unsafe cgit2_repository_set_head(native, reference)
        try LibraryCheck.succeeded(code, "git_repository_set_head", on: reference)
    }

    /// Puts HEAD on a commit, on no branch.
    package func detachHead(at id: ObjectID) throws(GitError) {
        var target = id.native
        let code = unsafe cgit2_repository_set_head_detached(native, &target)
        try LibraryCheck.succeeded(code, "git_repository_set_head_detached", on: "\(id)")
    }

    /// Sets an entry of the repository's own configuration.
    package func configure(_ key: String, _ value: String) throws(GitError) {
        var configuration: OpaquePointer?
        let opened = unsafe cgit2_repository_config(&configuration, native)
        try LibraryCheck.succeeded(opened, "git_repository_config", on: directory)
        defer { unsafe cgit2_config_free(configuration) }
        let code = unsafe cgit2_config_set_string(configuration, key, value)
        try LibraryCheck.succeeded(code, "git_config_set_string", on: key)
    }

    /// Writes down a remote: its address and what is fetched from it.
    func addRemote(_ name: String, _ url: GitURL, fetching refspec: String) throws(GitError) {
        var remote: OpaquePointer?
        let code = unsafe cgit2_remote_create_with_fetchspec(
            &remote,
            native,
            name,
            "\(url)",
            refspec
        )
        unsafe cgit2_remote_free(remote)
        try LibraryCheck.succeeded(code, "git_remote_create_with_fetchspec", on: "\(url)")
    }
}
