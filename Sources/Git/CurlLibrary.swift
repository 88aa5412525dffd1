// SPDX-License-Identifier: Apache-2.0
internal import CCurl
internal import Glibc

/// The functions of libcurl that fetching needs, opened when the first http remote is asked.
///
/// git's own http transport is left aside: it cannot be stopped while a server stalls, knows no client
/// certificates, and takes one set of authorities for the whole process.
@safe struct CurlLibrary: @unchecked Sendable {
    // Set once and never again; libcurl is safe to call from any thread, one handle on one at a time.
    typealias Handle = UnsafeMutableRawPointer

    let setopt: UnsafeMutableRawPointer
    let getinfo: UnsafeMutableRawPointer
    let easyInit: @convention(c) () -> Handle?
    let easyReset: @convention(c) (Handle?) -> Void
    let easyCleanup: @convention(c) (Handle?) -> Void
    let easyPause: @convention(c) (Handle?, CInt) -> CURLcode
    let easyText: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
    let multiInit: @convention(c) () -> Handle?
    let multiCleanup: @convention(c) (Handle?) -> CURLMcode
    let multiAdd: @convention(c) (Handle?, Handle?) -> CURLMcode
    let multiRemove: @convention(c) (Handle?, Handle?) -> CURLMcode
    let multiPerform: @convention(c) (Handle?, UnsafeMutablePointer<CInt>?) -> CURLMcode
    let multiPoll:
        @convention(c) (Handle?, Handle?, UInt32, CInt, UnsafeMutablePointer<CInt>?)
            -> CURLMcode
    let multiNext:
        @convention(c) (Handle?, UnsafeMutablePointer<CInt>?)
            -> UnsafeMutablePointer<CURLMsg>?
    let listAppend:
        @convention(c) (
            UnsafeMutablePointer<curl_slist>?, UnsafePointer<CChar>?
        ) -> UnsafeMutablePointer<curl_slist>?
    let listFree: @convention(c) (UnsafeMutablePointer<curl_slist>?) -> Void

    private static let opened = Result { () throws(GitError) in try CurlLibrary() }

    /// Loads it; later calls return at once.
    ///
    /// - Throws: `GitError.libraryMissing` where the host does not have it.
    static func open() throws(GitError) -> CurlLibrary { try opened.get() }

    private init() throws(GitError) {
        let name = "libcurl.so.4"
        func failure() -> GitError {
            let reason = unsafe dlerror().map { unsafe String(cString: $0) } ?? "no reason given"
            return GitError(
                "dlopen",
                on: name,
                .libraryMissing,
                "\(reason); install the package `libcurl4`"
            )
        }
        guard let library = unsafe dlopen(name, RTLD_NOW | RTLD_LOCAL) else { throw failure() }
        let symbol = { (name: String) throws(GitError) -> UnsafeMutableRawPointer in
            guard let found = unsafe dlsym(library, name) else { throw failure() }
            return unsafe found
        }
        func function<F>(_ name: String, _: F.Type = F.self) throws(GitError) -> F {
            unsafe unsafeBitCast(try symbol(name), to: F.self)
        }
        unsafe setopt = try symbol("curl_easy_setopt")
        unsafe getinfo = try symbol("curl_easy_getinfo")
        unsafe easyInit = try function("curl_easy_init")
        unsafe easyReset = try function("curl_easy_reset")
        unsafe easyCleanup = try function("curl_easy_cleanup")
        unsafe easyPause = try function("curl_easy_pause")
        unsafe easyText = try function("curl_easy_strerror")
        unsafe multiInit = try function("curl_multi_init")
        unsafe multiCleanup = try function("curl_multi_cleanup")
        unsafe multiAdd = try function("curl_multi_add_handle")
        unsafe multiRemove = try function("curl_multi_remove_handle")
        unsafe multiPerform = try function("curl_multi_perform")
        unsafe multiPoll = try function("curl_multi_poll")
        unsafe multiNext = try function("curl_multi_info_read")
        unsafe listAppend = try function("curl_slist_append")
        unsafe listFree = try function("curl_slist_free_all")
        typealias Initialize =
            @convention(c) (
                CLong, curl_malloc_callback?, curl_free_callback?, curl_realloc_callback?,
                curl_strdup_callback?, curl_calloc_callback?
            ) -> CURLcode
        let initialize: Initialize = unsafe try function("curl_global_init_mem")
        // Memory that is wiped when it is released: credentials pass through it. Whoever opens the library
        // first in a process sets this, so all who do must ask for the same.
        let code = unsafe initialize(
            CLong(CURL_GLOBAL_DEFAULT),
            { unsafe malloc($0) },
            { unsafe ccurl_wipe_free($0) },
            { unsafe ccurl_wipe_realloc($0, $1) },
            { text in unsafe text.flatMap { unsafe strdup($0) } },
            { unsafe calloc($0, $1) }
        )
        if code != CURLE_OK { throw failure() }
    }
}
