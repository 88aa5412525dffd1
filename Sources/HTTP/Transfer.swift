// SPDX-License-Identifier: Apache-2.0
internal import CCurl
internal import Cryptography
internal import Glibc
internal import Synchronization

/// One try of one request, from its handle to its answer.
///
/// Made by the caller's task, then confined to the engine's thread: libcurl's callbacks run there too.
@safe final class Transfer: @unchecked Sendable {
    typealias Completion = @Sendable (Result<HTTPResponse, HTTPError>) -> Void

    let request: HTTPRequest
    /// When it must have ended, however long it waits for its turn.
    let end: ContinuousClock.Instant
    private let cancelled = Atomic(false)
    private var completion: Completion?
    private var answer = Answer()
    private var bodyOffset = 0
    /// What a callback found wrong; libcurl only learns that it is to stop.
    private var refusal: HTTPError.Code?
    private(set) var handle: UnsafeMutableRawPointer?
    private var headers: UnsafeMutablePointer<curl_slist>?
    private var connections: UnsafeMutablePointer<curl_slist>?
    private let message = UnsafeMutablePointer<CChar>.allocate(capacity: Int(CURL_ERROR_SIZE))

    private struct Answer: ~Copyable {
        var headers: [(name: String, value: String)] = []
        var plain: [UInt8] = []
        var locked: LockedWriter?
    }

    init(_ request: HTTPRequest, end: ContinuousClock.Instant) {
        self.request = request
        self.end = end
        unsafe message.initialize(repeating: 0, count: Int(CURL_ERROR_SIZE))
    }

    deinit {
        precondition(unsafe handle == nil, "a transfer releases its handle before it ends")
        unsafe message.deallocate()
    }

    /// Whom to tell how it ended; set before the engine gets it.
    func whenDone(_ completion: @escaping Completion) { self.completion = completion }

    /// Asks the engine to end it; from any thread.
    func cancel() { cancelled.store(true, ordering: .relaxed) }

    var isCancelled: Bool { cancelled.load(ordering: .relaxed) }

    /// Makes the handle that the engine adds.
    func open(_ library: CurlLibrary) throws(HTTPError) -> UnsafeMutableRawPointer {
        guard let handle = unsafe library.easyInit() else {
            throw error(.other, "libcurl has no memory for a transfer")
        }
        unsafe self.handle = handle
        do {
            if request.expectsSecret { answer.locked = try LockedWriter(capacity: 1024) }
            var options = unsafe TransferOptions(library, handle)
            options.set(request, within: ContinuousClock.now.duration(to: end))
            unsafe headers = try headerList(library)
            if let target = request.server.connectsTo {
                unsafe connections = library.listAppend(nil, "::\(target)")
            }
            unsafe options.set(headers: headers, connections: connections, message: message)
            connectCallbacks(&options)
            if let failure = options.failure { throw error(.malformedRequest, failure) }
        } catch let failure as HTTPError {
            close(library)
            throw failure
        } catch {
            close(library)
            throw self.error(.lockedMemoryFull, "\(error)")
        }
        return unsafe handle
    }

    /// Releases the handle, which is in no engine any more.
    func close(_ library: CurlLibrary) {
        if let handle = unsafe handle { unsafe library.easyCleanup(handle) }
        if let list = unsafe headers { unsafe library.listFree(list) }
        if let list = unsafe connections { unsafe library.listFree(list) }
        unsafe handle = nil
        unsafe headers = nil
        unsafe connections = nil
    }

    /// Tells the caller how it ended; the handle is still open.
    func finish(_ code: CURLcode, _ library: CurlLibrary) {
        if let refusal {
            let what =
                refusal == .tooLarge
                ? "the answer has more than \(request.responseByteLimit) bytes"
                : "the locked memory for secrets is full"
            return fail(refusal, what)
        }
        guard code == CURLE_OK else {
            return fail(CurlFailure.code(of: code), text(of: code, library))
        }
        var status = 0
        unsafe _ = ccurl_get_long(library.getInformation, handle, CURLINFO_RESPONSE_CODE, &status)
        complete(.success(response(status)))
    }

    /// Tells the caller that there will be no answer.
    func fail(_ code: HTTPError.Code, _ message: String) {
        complete(.failure(error(code, message)))
    }

    private func complete(_ result: Result<HTTPResponse, HTTPError>) {
        guard let completion else { preconditionFailure("a transfer ends once") }
        self.completion = nil
        completion(result)
    }

    private func response(_ status: Int) -> HTTPResponse {
        let body: HTTPBody
        if let writer = answer.locked.take() {
            body = .locked(SharedLockedBytes(writer.finish()))
        } else {
            body = .plain(answer.plain)
        }
        return HTTPResponse(status: status, headers: answer.headers, body: body)
    }

    private func error(_ code: HTTPError.Code, _ message: String) -> HTTPError {
        HTTPError(request.method, on: request.subject, code, message)
    }

    private func text(of code: CURLcode, _ library: CurlLibrary) -> String {
        let detail = unsafe String(cString: message)
        if !detail.isEmpty { return detail.filter { !$0.isNewline } }
        let general = unsafe library.easyMessage(code).map { unsafe String(cString: $0) }
        return general ?? "code \(code.rawValue)"
    }
}

extension Transfer {
    /// The header fields as libcurl takes them; it copies them into memory that is wiped.
    private func headerList(
        _ library: CurlLibrary
    ) throws(CryptographyError) -> UnsafeMutablePointer<curl_slist>? {
        var fields = request.headers
        // libcurl would ask before it sends a body, and wait a second for servers that do not answer that.
        fields.append(HTTPHeader("Expect", ""))
        var list: UnsafeMutablePointer<curl_slist>?
        for field in fields {
            var line = try LockedWriter(capacity: field.name.utf8.count + 64)
            for byte in field.name.utf8 { try line.append(byte) }
            try line.append(UInt8(ascii: ":"))
            switch field.value {
            case .text(let text):
                if !text.isEmpty { try line.append(UInt8(ascii: " ")) }
                for byte in text.utf8 { try line.append(byte) }
            case .secret(let secret):
                try line.append(UInt8(ascii: " "))
                try secret.bytes.withBytes { bytes throws(CryptographyError) in
                    try line.append(bytes)
                }
            }
            try line.append(0)
            unsafe list = line.withBytes { bytes in
                unsafe bytes.withUnsafeBytes { buffer in
                    let text = unsafe buffer.baseAddress?.assumingMemoryBound(to: CChar.self)
                    return unsafe library.listAppend(list, text) ?? list
                }
            }
        }
        return unsafe list
    }

    private func connectCallbacks(_ options: inout TransferOptions) {
        let this = unsafe Unmanaged.passUnretained(self).toOpaque()
        unsafe options.set(CURLOPT_WRITEDATA, pointer: this)
        unsafe options.set(CURLOPT_WRITEFUNCTION) { bytes, size, count, context in
            unsafe Transfer.from(context).receive(bytes, size * count)
        }
        unsafe options.set(CURLOPT_HEADERDATA, pointer: this)
        unsafe options.set(CURLOPT_HEADERFUNCTION) { bytes, size, count, context in
            unsafe Transfer.from(context).receiveHeader(bytes, size * count)
        }
        if request.body == nil { return }
        unsafe options.set(CURLOPT_READDATA, pointer: this)
        unsafe options.set(CURLOPT_READFUNCTION) { bytes, size, count, context in
            unsafe Transfer.from(context).provide(bytes, size * count)
        }
        unsafe options.set(CURLOPT_SEEKDATA, pointer: this)
        unsafe options.setSeek { context, offset, origin in
            if origin != SEEK_SET { return CInt(CURL_SEEKFUNC_CANTSEEK) }
            unsafe Transfer.from(context).bodyOffset = Int(offset)
            return CInt(CURL_SEEKFUNC_OK)
        }
    }

    /// The transfer that a callback is for; the engine holds it as long as its handle lives.
    private static func from(_ context: UnsafeMutableRawPointer?) -> Transfer {
        guard let context = unsafe context else {
            preconditionFailure("every callback is given its transfer")
        }
        return unsafe Unmanaged<Transfer>.fromOpaque(context).takeUnretainedValue()
    }

    private func receive(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let start = unsafe bytes, count > 0 else { return 0 }
        let span = unsafe Span(
            _unsafeStart: UnsafeRawPointer(start).assumingMemoryBound(to: UInt8.self),
            count: count
        )
        let held = answer.locked?.count ?? answer.plain.count
        if held + count > request.responseByteLimit {
            refusal = .tooLarge
            return 0
        }
        do throws(CryptographyError) {
            if answer.locked != nil {
                try answer.locked?.append(span)
            } else {
                for index in span.indices { answer.plain.append(span[index]) }
            }
        } catch {
            refusal = .lockedMemoryFull
            return 0
        }
        return count
    }

    private func receiveHeader(_ bytes: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let start = unsafe bytes else { return count }
        let line = unsafe UnsafeRawBufferPointer(start: start, count: count)
        // The head of a further answer: after a 100, an authentication or a redirect.
        if unsafe line.starts(with: "HTTP/".utf8) { answer.headers = [] }
        guard let colon = unsafe line.firstIndex(of: UInt8(ascii: ":")),
            answer.headers.count < 1000
        else { return count }
        let isSpace = { (byte: UInt8) in byte == 0x20 || (0x09...0x0d).contains(byte) }
        var (first, end) = (colon + 1, count)
        while first < end, unsafe isSpace(line[first]) { first += 1 }
        while first < end, unsafe isSpace(line[end - 1]) { end -= 1 }
        unsafe answer.headers.append(
            (
                String(decoding: line[..<colon], as: UTF8.self),
                String(decoding: line[first..<end], as: UTF8.self)
            )
        )
        return count
    }

    private func provide(_ room: UnsafeMutablePointer<CChar>?, _ count: Int) -> Int {
        guard let body = request.body, let room = unsafe room else { return 0 }
        return body.withBytes { bytes in
            let end = min(bytes.count, bodyOffset + count)
            let piece = bytes.extracting(min(bodyOffset, end)..<end)
            unsafe piece.withUnsafeBytes { source in
                if let start = source.baseAddress {
                    unsafe UnsafeMutableRawPointer(room)
                        .copyMemory(from: start, byteCount: source.count)
                }
            }
            bodyOffset = end
            return piece.count
        }
    }
}
