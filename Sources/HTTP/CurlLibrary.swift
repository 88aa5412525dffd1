// SPDX-License-Identifier: Apache-2.0
internal import CCurl
internal import Glibc

/// libcurl's functions, found when the first request needs them.
///
/// Loading it with its dozen dependencies takes as long as a small run, and most runs ask no server.
@safe struct CurlLibrary: @unchecked Sendable {
    // Pointers into a library that is never unloaded, and never written again.
    typealias Easy = UnsafeMutableRawPointer
    typealias Multi = UnsafeMutableRawPointer

    let easyInit: @convention(c) () -> Easy?
    let easyCleanup: @convention(c) (Easy?) -> Void
    let easyMessage: @convention(c) (CURLcode) -> UnsafePointer<CChar>?
    let setOption: UnsafeMutableRawPointer
    let getInformation: UnsafeMutableRawPointer
    let listAppend:
        @convention(c) (UnsafeMutablePointer<curl_slist>?, UnsafePointer<CChar>?) ->
            UnsafeMutablePointer<curl_slist>?
    let listFree: @convention(c) (UnsafeMutablePointer<curl_slist>?) -> Void
    let multiInit: @convention(c) () -> Multi?
    let multiCleanup: @convention(c) (Multi?) -> CURLMcode
    let multiSetOption: UnsafeMutableRawPointer
    let multiAdd: @convention(c) (Multi?, Easy?) -> CURLMcode
    let multiRemove: @convention(c) (Multi?, Easy?) -> CURLMcode
    let multiPerform: @convention(c) (Multi?, UnsafeMutablePointer<CInt>?) -> CURLMcode
    let multiPoll:
        @convention(c) (
            Multi?, UnsafeMutablePointer<curl_waitfd>?, UInt32, CInt, UnsafeMutablePointer<CInt>?
        )
            -> CURLMcode
    let multiWakeup: @convention(c) (Multi?) -> CURLMcode
    let multiRead:
        @convention(c) (Multi?, UnsafeMutablePointer<CInt>?) -> UnsafeMutablePointer<CURLMsg>?

    /// Why it cannot be had.
    struct Missing: Error {
        let message: String
    }

    /// The library of this process; opened, and set up, once.
    static let shared = Result { () throws(Missing) in try CurlLibrary() }

    private static let name = "libcurl.so.4"

    private init() throws(Missing) {
        guard let library = unsafe dlopen(Self.name, RTLD_NOW | RTLD_LOCAL) else {
            throw Missing(message: Self.problem ?? "\(Self.name) cannot be loaded")
        }
        let symbol = { (name: String) throws(Missing) -> UnsafeMutableRawPointer in
            guard let found = unsafe dlsym(library, name) else {
                throw Missing(message: "\(CurlLibrary.name) has no \(name)")
            }
            return unsafe found
        }
        unsafe easyInit = unsafeBitCast(try symbol("curl_easy_init"), to: type(of: easyInit))
        unsafe easyCleanup = unsafeBitCast(
            try symbol("curl_easy_cleanup"),
            to: type(of: easyCleanup)
        )
        unsafe easyMessage = unsafeBitCast(
            try symbol("curl_easy_strerror"),
            to: type(of: easyMessage)
        )
        unsafe setOption = try symbol("curl_easy_setopt")
        unsafe getInformation = try symbol("curl_easy_getinfo")
        unsafe listAppend = unsafeBitCast(try symbol("curl_slist_append"), to: type(of: listAppend))
        unsafe listFree = unsafeBitCast(try symbol("curl_slist_free_all"), to: type(of: listFree))
        unsafe multiInit = unsafeBitCast(try symbol("curl_multi_init"), to: type(of: multiInit))
        unsafe multiCleanup = unsafeBitCast(
            try symbol("curl_multi_cleanup"),
            to: type(of: multiCleanup)
        )
        unsafe multiSetOption = try symbol("curl_multi_setopt")
        unsafe multiAdd = unsafeBitCast(
            try symbol("curl_multi_add_handle"),
            to: type(of: multiAdd)
        )
        unsafe multiRemove = unsafeBitCast(
            try symbol("curl_multi_remove_handle"),
            to: type(of: multiRemove)
        )
        unsafe multiPerform = unsafeBitCast(
            try symbol("curl_multi_perform"),
            to: type(of: multiPerform)
        )
        unsafe multiPoll = unsafeBitCast(try symbol("curl_multi_poll"), to: type(of: multiPoll))
        unsafe multiWakeup = unsafeBitCast(
            try symbol("curl_multi_wakeup"),
            to: type(of: multiWakeup)
        )
        unsafe multiRead = unsafeBitCast(
            try symbol("curl_multi_info_read"),
            to: type(of: multiRead)
        )
        unsafe try setUp(symbol("curl_global_init_mem"))
    }

    /// Gives libcurl memory that is wiped when it is released: it keeps tokens and answers there.
    private func setUp(_ function: UnsafeMutableRawPointer) throws(Missing) {
        typealias Initialize =
            @convention(c) (
                CInt, curl_malloc_callback?, curl_free_callback?, curl_realloc_callback?,
                curl_strdup_callback?, curl_calloc_callback?
            ) -> CURLcode
        let initialize = unsafe unsafeBitCast(function, to: Initialize.self)
        let code = unsafe initialize(
            CInt(CURL_GLOBAL_DEFAULT),
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
