// SPDX-License-Identifier: Apache-2.0
import HTTP

extension HTTPResponse {
    /// The body as text.
    var text: String {
        body.withBytes { bytes in String(decoding: bytes.indices.map { bytes[$0] }, as: UTF8.self) }
    }
}

extension HTTPRequest {
    /// A request with short pauses, so that tests need not wait.
    static func quick(
        _ url: String,
        method: String = "GET",
        headers: [HTTPHeader] = [],
        body: String? = nil
    ) -> HTTPRequest {
        var request = HTTPRequest(
            url,
            method: method,
            headers: headers,
            body: body.map { .plain(Array($0.utf8)) }
        )
        request.retries.firstPause = .milliseconds(5)
        request.deadline = .seconds(10)
        request.server.proxy = .none
        return request
    }
}
