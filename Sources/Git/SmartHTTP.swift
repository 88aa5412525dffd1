// SPDX-License-Identifier: Apache-2.0

/// git's smart protocol over http: who is asked, with which credential, and what redirects may do.
///
/// As git has it, a redirect is followed for the first request alone and moves the repository's address. The
/// credential of one server is never sent to another: after a move the one for the new server is looked up.
///
/// Thread rule: belongs to the thread of the one job that made it.
final class SmartHTTP {
    /// The repository as it is asked for now.
    private(set) var url: GitURL
    private let access: GitAccess
    private let connection: HTTPConnection
    /// Sent from the first refusal on.
    private var credential: GitCredential?

    private static let redirectLimit = 5

    init(_ url: GitURL, _ access: GitAccess, _ operation: GitOperation) throws(GitError) {
        self.url = url
        self.access = access
        connection = try HTTPConnection(subject: "\(url)", operation)
    }

    /// Asks for the references; the answer is then read with `read`.
    func requestReferences() throws(GitError) {
        var redirects = 0
        while true {
            let suffix = "/info/refs?service=git-upload-pack"
            let status = try connection.send(request(suffix))
            switch status {
            case 200:
                try checkType("application/x-git-upload-pack-advertisement")
                return
            case 401: try takeCredential()
            case 301, 302, 303, 307, 308:
                redirects += 1
                if redirects > Self.redirectLimit {
                    throw failure(
                        .unreachable,
                        "it redirects more than \(Self.redirectLimit) times"
                    )
                }
                try move(to: connection.redirectTarget, suffix)
            default: throw refusal(status)
            }
        }
    }

    /// Sends what is wanted; the answer is then read with `read`.
    func requestPack(_ body: [UInt8]) throws(GitError) {
        var request = request("/git-upload-pack")
        request.body = body
        request.headers = [
            "Content-Type: application/x-git-upload-pack-request",
            "Accept: application/x-git-upload-pack-result",
            "Expect:",
        ]
        let status = try connection.send(request)
        if status != 200 { throw refusal(status) }
        try checkType("application/x-git-upload-pack-result")
    }

    /// Waits for more of the answer; 0 at its end.
    func read(into room: UnsafeMutableRawBufferPointer) throws(GitError) -> Int {
        unsafe try connection.read(into: room)
    }

    private func request(_ suffix: String) -> GitHTTPRequest {
        GitHTTPRequest(
            target: url,
            url: "\(url)" + suffix,
            access: access,
            credential: credential
        )
    }

    private func takeCredential() throws(GitError) {
        if credential != nil {
            throw failure(.accessDenied, "the server does not accept the credential it was given")
        }
        guard let found = access.credential(for: url) else {
            throw failure(.accessDenied, "the server wants a credential, and there is none for it")
        }
        credential = found
    }

    private func move(to target: String?, _ suffix: String) throws(GitError) {
        guard let target, target.hasSuffix(suffix) else {
            throw failure(.unreachable, "it redirects to something that is no git repository")
        }
        let address = try GitAddress(String(target.dropLast(suffix.count)))
        let next = address.url
        guard next.scheme == .https || next.scheme == .http && url.scheme == .http else {
            throw failure(.notTrusted, "it redirects from https to \(next.scheme.rawValue)")
        }
        // A user and password that the server put into its redirect are dropped with `address`.
        if !next.hasSameOrigin(as: url) { credential = nil }
        url = next
    }

    private func checkType(_ expected: String) throws(GitError) {
        if connection.contentType == expected { return }
        throw failure(
            .noSuchRepository,
            "no git repository answers there, or one that speaks the old, dumb protocol"
        )
    }

    private func refusal(_ status: Int) -> GitError {
        let text = connection.errorText()
        let words = text.isEmpty ? "" : ": \(text)"
        switch status {
        case 401: return failure(.accessDenied, "the server does not accept the credential")
        case 403: return failure(.accessDenied, "the server refuses access (403)\(words)")
        case 404, 410: return failure(.noSuchRepository, "no such repository (\(status))\(words)")
        case 407: return failure(.accessDenied, "the proxy wants a credential (407)")
        default: return failure(.unreachable, "the server answers with status \(status)\(words)")
        }
    }

    private func failure(_ code: GitError.Code, _ message: String) -> GitError {
        GitError("fetch", on: "\(url)", code, message)
    }
}
