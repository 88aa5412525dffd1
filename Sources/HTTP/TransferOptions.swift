// SPDX-License-Identifier: Apache-2.0
internal import CCurl

/// Sets the options of one handle; keeps the first that libcurl refuses.
@safe struct TransferOptions {
    private let library: CurlLibrary
    private let handle: UnsafeMutableRawPointer
    /// What libcurl said of an option that it did not take.
    private(set) var failure: String?

    @unsafe init(_ library: CurlLibrary, _ handle: UnsafeMutableRawPointer) {
        self.library = library
        unsafe self.handle = handle
    }

    /// Everything that a request says, but for its headers and its body's bytes.
    mutating func set(_ request: HTTPRequest, within limit: Duration) {
        set(CURLOPT_URL, request.url)
        set(CURLOPT_NOSIGNAL, 1)
        // Each request under way has a buffer of its own, which is wiped at its end; answers are small.
        if request.expectsSecret { set(CURLOPT_BUFFERSIZE, 4096) }
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        let milliseconds = max(1, Int(limit / .milliseconds(1)))
        set(CURLOPT_TIMEOUT_MS, milliseconds)
        set(CURLOPT_CONNECTTIMEOUT_MS, min(milliseconds, 10_000))
        set(CURLOPT_HTTP_VERSION, Int(CURL_HTTP_VERSION_2TLS))
        // One connection carries many requests where the server can do that.
        set(CURLOPT_PIPEWAIT, 1)
        setMethod(request)
        setRedirects(request)
        setServer(request.server)
    }

    private mutating func setMethod(_ request: HTTPRequest) {
        if let body = request.body {
            set(CURLOPT_UPLOAD, 1)
            set(CURLOPT_INFILESIZE_LARGE, offset: body.count)
        } else if request.method == "HEAD" {
            set(CURLOPT_NOBODY, 1)
        }
        set(CURLOPT_CUSTOMREQUEST, request.method)
        let hasAgent = request.headers.contains { $0.name.lowercased() == "user-agent" }
        if !hasAgent { set(CURLOPT_USERAGENT, "tacit") }
    }

    /// From https never to http: what is asked must not be asked again in clear.
    private mutating func setRedirects(_ request: HTTPRequest) {
        if request.redirectLimit == 0 { return }
        set(CURLOPT_FOLLOWLOCATION, 1)
        set(CURLOPT_MAXREDIRS, request.redirectLimit)
        let schemes = request.url.hasPrefix("https:") ? "https" : "http,https"
        set(CURLOPT_REDIR_PROTOCOLS_STR, schemes)
    }

    private mutating func setServer(_ server: HTTPServer) {
        set(CURLOPT_SSLVERSION, Int(CURL_SSLVERSION_TLSv1_2))
        set(CURLOPT_SSL_VERIFYPEER, 1)
        set(CURLOPT_SSL_VERIFYHOST, 2)
        if let file = server.authorityFile { set(CURLOPT_CAINFO, file) }
        if let directory = server.authorityDirectory { set(CURLOPT_CAPATH, directory) }
        if let file = server.certificateFile { set(CURLOPT_SSLCERT, file) }
        if let file = server.keyFile { set(CURLOPT_SSLKEY, file) }
        switch server.proxy {
        case .environment: break
        case .none: set(CURLOPT_NOPROXY, "*")
        case .url(let url): set(CURLOPT_PROXY, url)
        }
        if unsafe CurlLibrary.wipeDecrypted != nil {
            let code = unsafe ccurl_set_tls_setup(library.setOption, handle) { _, context, _ in
                // SSL_OP_CLEANSE_PLAINTEXT of openssl/ssl.h.
                unsafe _ = CurlLibrary.wipeDecrypted?(context, 1 << 1)
                return CURLE_OK
            }
            check(code, "CURLOPT_SSL_CTX_FUNCTION")
        }
    }

    /// The lists and the buffer must live as long as the handle.
    @unsafe mutating func set(
        headers: UnsafeMutablePointer<curl_slist>?,
        connections: UnsafeMutablePointer<curl_slist>?,
        message: UnsafeMutablePointer<CChar>
    ) {
        unsafe set(CURLOPT_HTTPHEADER, pointer: headers)
        if let connections = unsafe connections {
            unsafe set(CURLOPT_CONNECT_TO, pointer: connections)
        }
        unsafe set(CURLOPT_ERRORBUFFER, pointer: message)
    }

    @unsafe mutating func set(_ option: CURLoption, pointer: UnsafeMutableRawPointer?) {
        check(
            unsafe ccurl_set_pointer(library.setOption, handle, option, pointer),
            "\(option.rawValue)"
        )
    }

    @unsafe mutating func set(
        _ option: CURLoption,
        _ callback:
            @escaping @convention(c) (
                UnsafeMutablePointer<CChar>?, Int, Int, UnsafeMutableRawPointer?
            )
            -> Int
    ) {
        check(
            unsafe ccurl_set_transfer(library.setOption, handle, option, callback),
            "\(option.rawValue)"
        )
    }

    @unsafe mutating func setSeek(
        _ callback: @escaping @convention(c) (UnsafeMutableRawPointer?, curl_off_t, CInt) -> CInt
    ) {
        check(unsafe ccurl_set_seek(library.setOption, handle, callback), "CURLOPT_SEEKFUNCTION")
    }

    private mutating func set(_ option: CURLoption, _ value: Int) {
        check(unsafe ccurl_set_long(library.setOption, handle, option, value), "\(option.rawValue)")
    }

    private mutating func set(_ option: CURLoption, offset: Int) {
        let value = curl_off_t(offset)
        check(
            unsafe ccurl_set_offset(library.setOption, handle, option, value),
            "\(option.rawValue)"
        )
    }

    private mutating func set(_ option: CURLoption, _ text: String) {
        check(unsafe ccurl_set_text(library.setOption, handle, option, text), "\(option.rawValue)")
    }

    // What an option is called is put together only where it is needed: this is called dozens of times a request.
    private mutating func check(_ code: CURLcode, _ option: @autoclosure () -> String) {
        if code == CURLE_OK || failure != nil { return }
        let text = unsafe library.easyMessage(code).map { unsafe String(cString: $0) }
        failure = "libcurl does not take option \(option()): \(text ?? "code \(code.rawValue)")"
    }
}
