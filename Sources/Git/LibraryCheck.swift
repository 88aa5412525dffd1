// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// The one place that turns a libgit2 return value into an error.
enum LibraryCheck {
    /// Passes when `code` is not negative, which is how libgit2 says that a call worked.
    static func succeeded(
        _ code: CInt,
        _ operation: StaticString,
        on subject: @autoclosure () -> String
    ) throws(GitError) {
        if code < 0 { throw failure(code, operation, on: subject()) }
    }

    /// The calling thread's last error, which is then cleared.
    static func failure(
        _ code: CInt,
        _ operation: StaticString,
        on subject: String
    ) -> GitError {
        var message = "no reason given (\(code))"
        var kind = GIT_ERROR_NONE
        if let last = unsafe cgit2_error_last() {
            kind = unsafe git_error_t(rawValue: UInt32(last.pointee.klass))
            if let text = unsafe last.pointee.message { unsafe message = String(cString: text) }
        }
        cgit2_error_clear()
        return GitError(plain(operation), on: subject, meaning(of: code, kind), message)
    }

    /// What the function was called for; its name means nothing to who reads the message.
    private static func plain(_ operation: StaticString) -> String {
        let name = "\(operation)"
        let words = [
            ("git_repository_open", "open repository"), ("git_repository_init", "make repository"),
            ("git_repository_set_head", "set HEAD of"), ("git_remote", "fetch"),
            ("git_fetch", "fetch"), ("git_checkout", "check out"),
            ("git_submodule", "clone submodule"), ("git_reference", "write reference"),
            ("git_config", "configure"), ("git_index_read_tree", "read tree into index"),
            ("git_index", "index"), ("git_revparse", "find revision"), ("git_", "read object"),
        ]
        return words.first { name.hasPrefix($0.0) }?.1 ?? name
    }

    private static func meaning(of code: CInt, _ kind: git_error_t) -> GitError.Code {
        switch git_error_code(rawValue: code) {
        case GIT_EAUTH: return .accessDenied
        case GIT_ECERTIFICATE: return .notTrusted
        case GIT_EUSER: return .cancelled
        case GIT_EMISMATCH: return .corrupt
        default: break
        }
        switch kind {
        case GIT_ERROR_NET, GIT_ERROR_SSL, GIT_ERROR_SSH, GIT_ERROR_HTTP: return .unreachable
        case GIT_ERROR_ODB, GIT_ERROR_INDEXER, GIT_ERROR_ZLIB, GIT_ERROR_OBJECT,
            GIT_ERROR_TREE, GIT_ERROR_INDEX, GIT_ERROR_SHA:
            return .corrupt
        case GIT_ERROR_CHECKOUT, GIT_ERROR_OS, GIT_ERROR_FILESYSTEM: return .destination
        case GIT_ERROR_REFERENCE: return .noSuchRevision
        default: return .other
        }
    }
}
