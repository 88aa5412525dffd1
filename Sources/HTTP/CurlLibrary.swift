// SPDX-License-Identifier: Apache-2.0
package import CCurl
internal import Glibc
internal import Platform

/// libcurl's functions, found when the first request needs them; libgit2's http remotes use them too.
///
/// Each is the function of its name in libcurl's documentation, and may be called from any thread, with one handle on
/// one thread at a time. Loading it with its dozen dependencies takes as long as a small run, and most runs ask no server.
@safe package struct CurlLibrary: @unchecked Sendable {
    // Pointers into a library that is never unloaded, and never written again.
    package typealias Easy = UnsafeMutableRawPointer
    package typealias Multi = UnsafeMutableRawPointer

    package let easyInit: @convention(c) () -> Easy?
    package let easyCleanup: @convention(c) (Easy?) -> Void
    package let easyReset: @convention(c) (Easy?) -> Void
    package let easyPause: @convention(c) (Easy?, CInt) -> CURLcode
    package let easyMessage: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
    package let setOption: UnsafeMutableRawPointer
    package let getInformation: UnsafeMutableRawPointer
    package let listAppend:
        @convention(c) (UnsafeMutablePointer<curl_slist>?, UnsafePointer<CChar>?) ->
            UnsafeMutablePointer<curl_slist>?
    package let listFree: @convention(c) (UnsafeMutablePointer<curl_slist>?) -> Void
    package let multiInit: @convention(c) () -> Multi?
    package let multiCleanup: @convention(c) (Multi?) -> CURLMcode
    package let multiSetOption: UnsafeMutableRawPointer
    package let multiAdd: @convention(c) (Multi?, Easy?) -> CURLMcode
    package let multiRemove: @convention(c) (Multi?, Easy?) -> CURLMcode
    package let multiPerform: @convention(c) (Multi?, UnsafeMutablePointer<CInt>?) -> CURLMcode
    package let multiPoll:
        @convention(c) (
            Multi?, UnsafeMutablePointer<curl_waitfd>?, UInt32, CInt, UnsafeMutablePointer<CInt>?
        )
            -> CURLMcode
    package let multiWakeup: @convention(c) (Multi?) -> CURLMcode
    package let multiRead:
        @convention(c) (Multi?, UnsafeMutablePointer<CInt>?) -> UnsafeMutablePointer<CURLMsg>?

    /// Why it cannot be had.
    package struct Missing: Error {
        package let message: String
    }

    /// The library of this process; opened, and set up, once.
    package static let shared = Result { () throws(Missing) in try CurlLibrary() }

    /// Begins to load it on a thread of its own, where requests are to be expected: it takes some milliseconds.
    package static func prepare() {
        SystemThread.start("libcurl") {
            makeRoom()
            _ = shared
        }
    }

    /// Makes the calling thread's part of the heap as large as some dozen requests need it.
    ///
    /// glibc lets the heap of a thread other than the first grow by a page at a time, each with a call that halts
    /// the process's other threads; a TLS connection and fifty requests took four hundred. What has grown
    /// once stays mapped, untouched.
    static func makeRoom() {
        let blocks = (0..<16).map { _ in UInt(bitPattern: unsafe malloc(100_000)) }
        for block in blocks { unsafe free(UnsafeMutableRawPointer(bitPattern: block)) }
    }

    private static let name = "libcurl.so.4"

    private init() throws(Missing) {
        guard let library = unsafe dlopen(Self.name, RTLD_NOW | RTLD_LOCAL) else {
            let problem = Self.problem ?? "\(Self.name) cannot be loaded"
            throw Missing(message: "\(problem); install the package `libcurl4`")
        }
        let symbol = { (name: String) throws(Missing) -> UnsafeMutableRawPointer in
            guard let found = unsafe dlsym(library, name) else {
                throw Missing(message: "\(CurlLibrary.name) has no \(name)")
            }
            return unsafe found
        }
        func function<Function>(_ name: String) throws(Missing) -> Function {
            unsafe unsafeBitCast(try symbol(name), to: Function.self)
        }
        unsafe easyInit = try function("curl_easy_init")
        unsafe easyReset = try function("curl_easy_reset")
        unsafe easyPause = try function("curl_easy_pause")
        unsafe easyCleanup = try function("curl_easy_cleanup")
        unsafe easyMessage = try function("curl_easy_strerror")
        unsafe setOption = try symbol("curl_easy_setopt")
        unsafe getInformation = try symbol("curl_easy_getinfo")
        unsafe listAppend = try function("curl_slist_append")
        unsafe listFree = try function("curl_slist_free_all")
        unsafe multiInit = try function("curl_multi_init")
        unsafe multiCleanup = try function("curl_multi_cleanup")
        unsafe multiSetOption = try symbol("curl_multi_setopt")
        unsafe multiAdd = try function("curl_multi_add_handle")
        unsafe multiRemove = try function("curl_multi_remove_handle")
        unsafe multiPerform = try function("curl_multi_perform")
        unsafe multiPoll = try function("curl_multi_poll")
        unsafe multiWakeup = try function("curl_multi_wakeup")
        unsafe multiRead = try function("curl_multi_info_read")
        unsafe try setUp(symbol("curl_global_init_mem"))
    }

    /// Gives libcurl memory that is wiped when it is released: it keeps tokens and answers there.
    private func setUp(_ function: UnsafeMutableRawPointer) throws(Missing) {
        typealias Initialize =
            @convention(c) (
                CLong, curl_malloc_callback?, curl_free_callback?, curl_realloc_callback?,
                curl_strdup_callback?, curl_calloc_callback?
            ) -> CURLcode
        let initialize = unsafe unsafeBitCast(function, to: Initialize.self)
        let code = unsafe initialize(
            CLong(CURL_GLOBAL_DEFAULT),
            { unsafe malloc($0) },
            { unsafe ccurl_wipe_free($0) },
            { unsafe ccurl_wipe_realloc($0, $1) },
            { text in unsafe text.flatMap { unsafe strdup($0) } },
            { unsafe calloc($0, $1) }
        )
        if code != CURLE_OK {
            throw Missing(message: "libcurl cannot be set up: code \(code.rawValue)")
        }
    }

    private static var problem: String? {
        unsafe dlerror().map { unsafe String(cString: $0) }
    }

    /// What asks OpenSSL to wipe what it has decrypted once it was read; `nil` where libcurl uses another
    /// library.
    static let wipeDecrypted: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> UInt64)? = {
        guard let library = unsafe dlopen("libssl.so.3", RTLD_NOW | RTLD_NOLOAD),
            let function = unsafe dlsym(library, "SSL_CTX_set_options")
        else { return nil }
        return unsafe unsafeBitCast(
            function,
            to: (@convention(c) (UnsafeMutableRawPointer?, UInt64) -> UInt64).self
        )
    }()
}
