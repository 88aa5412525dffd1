// SPDX-License-Identifier: Apache-2.0
internal import CCurl
internal import HTTP

/// One keep-alive connection to an http server, read as a stream, stoppable at any moment.
///
/// Thread rule: belongs to the thread of the one job that made it.
@safe final class HTTPConnection {
    private let library: CurlLibrary
    private let easy: CurlLibrary.Easy
    private let multi: CurlLibrary.Multi
    private let inbox = HTTPInbox()
    private let operation: GitOperation
    /// What messages call the server.
    private let subject: String
    private var isActive = false
    /// The origin as the repository names it, and as the server's certificate does.
    private var renamed: (old: String, new: String)?
    private var outcome: CURLcode?
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var routeList: UnsafeMutablePointer<curl_slist>?

    /// A server that sends nothing for so long has stalled; git's servers say at least every five seconds
    /// that they are at work.
    static let stallLimit = Duration.seconds(60)

    init(subject: String, _ operation: GitOperation) throws(GitError) {
        do {
            library = try CurlLibrary.shared.get()
        } catch {
            throw GitError("dlopen", on: "libcurl", .libraryMissing, error.message)
        }
        guard let easy = unsafe library.easyInit(), let multi = unsafe library.multiInit() else {
            throw GitError("curl_easy_init", on: subject, .other, "out of memory")
        }
        unsafe self.easy = easy
        unsafe self.multi = multi
        self.operation = operation
        self.subject = subject
    }

    deinit {
        end()
        unsafe library.easyCleanup(easy)
        unsafe _ = library.multiCleanup(multi)
    }

    /// Sends a request and waits for the head of its answer.
    ///
    /// - Returns: the status.
    func send(_ request: GitHTTPRequest) throws(GitError) -> Int {
        end()
        inbox.clear()
        unsafe library.easyReset(easy)
        renamed = request.renamed
        set(
            CURLOPT_URL,
            renamed.map { $0.new + request.url.dropFirst($0.old.count) } ?? request.url
        )
        set(CURLOPT_USERAGENT, "git/2.39.0 (tacit)")
        set(CURLOPT_NOSIGNAL, 1)
        set(CURLOPT_FOLLOWLOCATION, 0)
        set(CURLOPT_PROTOCOLS_STR, "http,https")
        set(CURLOPT_ACCEPT_ENCODING, "")
        set(CURLOPT_CONNECTTIMEOUT, 30)
        set(CURLOPT_BUFFERSIZE, 256 * 1024)
        apply(request.access, to: request.target)
        authenticate(request.credential)
        for line in request.headers {
            unsafe headers = library.listAppend(headers, line)
        }
        unsafe _ = ccurl_set_pointer(library.setOption, easy, CURLOPT_HTTPHEADER, headers)
        if let body = request.body {
            set(CURLOPT_POST, 1)
            unsafe _ = ccurl_set_offset(
                library.setOption,
                easy,
                CURLOPT_POSTFIELDSIZE_LARGE,
                curl_off_t(body.count)
            )
            unsafe body.withUnsafeBytes { bytes in
                unsafe _ = ccurl_set_pointer(
                    library.setOption,
                    easy,
                    CURLOPT_COPYPOSTFIELDS,
                    UnsafeMutableRawPointer(mutating: bytes.baseAddress)
                )
            }
        }
        let context = unsafe Unmanaged.passUnretained(inbox).toOpaque()
        unsafe _ = ccurl_set_pointer(library.setOption, easy, CURLOPT_WRITEDATA, context)
        unsafe _ = ccurl_set_transfer(
            library.setOption,
            easy,
            CURLOPT_WRITEFUNCTION,
            HTTPInbox.receive
        )
        outcome = nil
        isActive = true
        unsafe _ = library.multiAdd(multi, easy)
        try wait()
        return info(CURLINFO_RESPONSE_CODE)
    }

    /// Where a redirect leads; `nil` when the answer was none.
    var redirectTarget: String? {
        guard let target = text(CURLINFO_REDIRECT_URL) else { return nil }
        guard let renamed, target.hasPrefix(renamed.new + "/") else { return target }
        return renamed.old + target.dropFirst(renamed.new.count)
    }

    /// The answer's content type, without its parameters.
    var contentType: String {
        (text(CURLINFO_CONTENT_TYPE) ?? "").prefix { $0 != ";" }.lowercased()
    }

    /// Copies what has come in, waiting for at least one byte.
    ///
    /// - Returns: how many bytes; 0 at the end of the answer.
    func read(into room: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        try wait()
        return unsafe inbox.take(into: room)
    }

    /// The first bytes of an answer that is an error, as text for a message.
    func errorText() -> String {
        guard contentType.hasPrefix("text/plain") else { return "" }
        var bytes = [UInt8](repeating: 0, count: 500)
        let count = unsafe bytes.withUnsafeMutableBytes { unsafe (try? read(into: $0)) ?? 0 }
        let text = String(decoding: bytes[..<count], as: UTF8.self)
        return String(text.prefix { $0 != "\n" })
    }

    /// Waits until a byte has come in or the answer has ended.
    private func wait() throws(GitError) {
        var last = ContinuousClock.now
        while inbox.isEmpty {
            if let outcome {
                if outcome == CURLE_OK { return }
                throw failure(outcome)
            }
            try operation.check(subject)
            if inbox.isPaused {
                inbox.resume()
                unsafe _ = library.easyPause(easy, 0)
            }
            var running: CInt = 0
            unsafe _ = library.multiPerform(multi, &running)
            takeOutcome()
            if !inbox.isEmpty || outcome != nil { continue }
            var ready: CInt = 0
            unsafe _ = library.multiPoll(multi, nil, 0, 100, &ready)
            let now = ContinuousClock.now
            if ready > 0 {
                last = now
            } else if now - last > Self.stallLimit {
                throw GitError("fetch", on: subject, .unreachable, "the server has stalled")
            }
        }
    }

    private func takeOutcome() {
        var left: CInt = 0
        while let message = unsafe library.multiRead(multi, &left) {
            if unsafe message.pointee.msg == CURLMSG_DONE {
                unsafe outcome = message.pointee.data.result
            }
        }
    }

    private func failure(_ code: CURLcode) -> GitError {
        let words = unsafe library.easyMessage(code).map { unsafe String(cString: $0) } ?? "\(code)"
        let meaning: GitError.Code =
            switch code {
            case CURLE_PEER_FAILED_VERIFICATION, CURLE_SSL_CERTPROBLEM, CURLE_SSL_CACERT_BADFILE,
                CURLE_SSL_CONNECT_ERROR, CURLE_SSL_ISSUER_ERROR:
                .notTrusted
            default: .unreachable
            }
        return GitError("fetch", on: subject, meaning, words)
    }

    private func end() {
        if isActive { unsafe _ = library.multiRemove(multi, easy) }
        isActive = false
        unsafe library.listFree(headers)
        unsafe headers = nil
        unsafe library.listFree(routeList)
        unsafe routeList = nil
    }
}

extension HTTPConnection {
    private func apply(_ access: GitAccess, to url: GitURL) {
        let route = access.route(for: url)
        if let route {
            let name = route.serverName.map { "\($0):\(route.targetPort)" }
            let target =
                "\(name ?? "\(route.host):\(route.port)"):\(route.targetHost):\(route.targetPort)"
            unsafe routeList = library.listAppend(nil, target)
            unsafe _ = ccurl_set_pointer(library.setOption, easy, CURLOPT_CONNECT_TO, routeList)
        }
        if let file = route?.authorityFile ?? access.tls.authorityFile {
            set(CURLOPT_CAINFO, file)
        }
        if let directory = access.tls.authorityDirectory { set(CURLOPT_CAPATH, directory) }
        if let file = route?.certificateFile ?? access.tls.certificateFile {
            set(CURLOPT_SSLCERT, file)
        }
        if let file = route?.keyFile ?? access.tls.keyFile { set(CURLOPT_SSLKEY, file) }
        if !access.tls.isVerified {
            set(CURLOPT_SSL_VERIFYPEER, 0)
            set(CURLOPT_SSL_VERIFYHOST, 0)
        }
        if let proxy = access.proxy { set(CURLOPT_PROXY, proxy) }
    }

    private func authenticate(_ credential: GitCredential?) {
        guard case .password(let user, let password) = credential else { return }
        // CURLAUTH_BASIC: the macro is not imported.
        set(CURLOPT_HTTPAUTH, 1)
        unsafe user.withCString {
            unsafe _ = ccurl_set_text(library.setOption, easy, CURLOPT_USERNAME, $0)
        }
        unsafe password.withCString {
            unsafe _ = ccurl_set_text(library.setOption, easy, CURLOPT_PASSWORD, $0)
        }
    }

    private func set(_ option: CURLoption, _ value: Int) {
        unsafe _ = ccurl_set_long(library.setOption, easy, option, value)
    }

    private func set(_ option: CURLoption, _ text: String) {
        unsafe _ = ccurl_set_text(library.setOption, easy, option, text)
    }

    private func info(_ what: CURLINFO) -> Int {
        var value: CLong = 0
        unsafe _ = ccurl_get_long(library.getInformation, easy, what, &value)
        return value
    }

    private func text(_ what: CURLINFO) -> String? {
        var value: UnsafeMutableRawPointer?
        unsafe _ = ccurl_get_pointer(library.getInformation, easy, what, &value)
        guard let value = unsafe value else { return nil }
        return unsafe String(cString: value.assumingMemoryBound(to: CChar.self))
    }
}
