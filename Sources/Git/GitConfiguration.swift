// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import Platform

/// One configuration file of git's: `~/.gitconfig`, or a repository's own.
///
/// Thread rule: belongs to the thread of the one job that opened it.
@safe package final class GitConfiguration {
    private let native: OpaquePointer
    private let path: String

    /// Opens the file; one that is missing counts as empty, and is made by the first change.
    package init(file path: String) throws(GitError) {
        try GitLibrary.open()
        self.path = path
        var opened: OpaquePointer?
        let code = unsafe cgit2_config_open_ondisk(&opened, path)
        try LibraryCheck.succeeded(code, "git_config_open_ondisk", on: path)
        guard let opened = unsafe opened else { preconditionFailure("an opened file is there") }
        unsafe native = opened
    }

    deinit { unsafe cgit2_config_free(native) }

    /// Every entry in the order of the file, names in lower case but for their middle part.
    package func entries() throws(GitError) -> [(name: String, value: String)] {
        var iterator: OpaquePointer?
        let made = unsafe cgit2_config_iterator_new(&iterator, native)
        try LibraryCheck.succeeded(made, "git_config_iterator_new", on: path)
        defer { unsafe cgit2_config_iterator_free(iterator) }
        var entries: [(name: String, value: String)] = []
        var entry: UnsafeMutablePointer<git_config_entry>?
        while unsafe cgit2_config_next(&entry, iterator) == 0 {
            guard let entry = unsafe entry else { break }
            unsafe entries.append(
                (
                    String(cString: entry.pointee.name),
                    entry.pointee.value.map { unsafe String(cString: $0) } ?? "true"
                )
            )
        }
        return entries
    }

    /// Sets an entry, or adds another one of the same name.
    package func set(_ name: String, _ value: String, adding: Bool) throws(GitError) {
        let code =
            adding
            // No value matches, so none is replaced.
            ? unsafe cgit2_config_set_multivar(native, name, "a^", value)
            : unsafe cgit2_config_set_string(native, name, value)
        try LibraryCheck.succeeded(code, "git_config_set", on: name)
    }

    /// Removes every entry of that name.
    ///
    /// - Returns: whether there was one.
    package func remove(_ name: String) -> Bool {
        unsafe cgit2_config_delete_multivar(native, name, ".*") == 0
    }
}
