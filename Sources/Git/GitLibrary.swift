// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// libgit2, opened when it is first needed: loading it costs as much as a small command.
package enum GitLibrary {
    /// The version of libgit2 whose declarations this program was built with.
    package static let version = "\(LIBGIT2_VER_MAJOR).\(LIBGIT2_VER_MINOR)"

    private static let opening: Result<Void, GitError> = {
        let name = "libgit2.so.\(version)"
        if let missing = unsafe cgit2_open(name) {
            let reason = unsafe String(cString: missing)
            return .failure(
                GitError(
                    "dlopen",
                    on: name,
                    .libraryMissing,
                    "\(reason); install the package `libgit2-\(version)`"
                )
            )
        }
        if cgit2_libgit2_init() < 0 {
            return .failure(LibraryCheck.failure(-1, "git_libgit2_init", on: name))
        }
        // Nobody's configuration but the repository's own: what a user sets for git (rewritten addresses,
        // filters, line endings) must not change what a run checks out.
        for level in [
            GIT_CONFIG_LEVEL_SYSTEM, GIT_CONFIG_LEVEL_GLOBAL, GIT_CONFIG_LEVEL_XDG,
            GIT_CONFIG_LEVEL_PROGRAMDATA,
        ] {
            unsafe cgit2_set_search_path(level, "")
        }
        // Nothing here runs what a repository's configuration names, which is what the check protects from.
        cgit2_set_int(GIT_OPT_SET_OWNER_VALIDATION, 0)
        return .success(())
    }()

    /// Loads and sets up the library; later calls return at once.
    ///
    /// - Throws: `GitError.libraryMissing` where the host does not have it.
    static func open() throws(GitError) { try opening.get() }
}
