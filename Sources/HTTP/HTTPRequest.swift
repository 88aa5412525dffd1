// SPDX-License-Identifier: Apache-2.0

/// One question to a server.
package struct HTTPRequest: Sendable {
    /// As it is sent, case and all.
    package var method: String
    /// `http://` or `https://`, percent-encoded; without user and password.
    package var url: String
    package var headers: [HTTPHeader]
    package var body: HTTPBody?
    /// How the server is reached and known.
    package var server = HTTPServer()
    /// How many redirects are followed; 0 returns the redirect itself.
    ///
    /// Of secret headers only `Authorization` may stand in a request that follows any, since libcurl drops
    /// that one when the host changes.
    package var redirectLimit = 0
    /// More bytes of an answer than this are an error.
    package var responseByteLimit = 4 << 20
    /// Whether the answer's body lies in locked memory.
    package var expectsSecret = true
    /// Whether asking twice does no harm; then a broken connection is tried again too.
    package var isRepeatable: Bool
    /// For everything: waiting, connecting, all tries.
    package var deadline: Duration = .seconds(30)
    package var retries = HTTPRetries()

    package init(
        _ url: String,
        method: String = "GET",
        headers: [HTTPHeader] = [],
        body: HTTPBody? = nil
    ) {
        self.method = method
        self.url = url
        self.headers = headers
        self.body = body
        isRepeatable = method == "GET" || method == "HEAD"
    }

    /// The address without its query, for messages.
    package var subject: String { String(url.prefix { $0 != "?" && $0 != "#" }) }

    /// What keeps it from being sent.
    var problem: String? {
        let isToken = { (byte: UInt8) in byte > 0x20 && byte < 0x7f }
        if method.isEmpty || !method.utf8.allSatisfy(isToken) {
            return "the method is no word of printable characters"
        }
        if !url.utf8.allSatisfy(isToken) {
            return "the address holds a space or a control character"
        }
        if !url.hasPrefix("http://") && !url.hasPrefix("https://") {
            return "the address starts with neither http:// nor https://"
        }
        let authority = url.split(separator: "/", maxSplits: 2).dropFirst().first ?? ""
        if authority.contains("@") { return "the address holds a user or a password" }
        if let header = headers.first(where: { !$0.isWellFormed }) {
            return "header `\(header.name.filter { $0 > " " && $0 < "\u{7f}" })` holds a line end"
                + " or a control character"
        }
        return nil
    }
}
