// SPDX-License-Identifier: Apache-2.0
internal import HTTP

/// Fetches a file from a server that is not trusted with anything.
///
/// Redirects are followed here and not by the library, so that each address is looked at. What stands on
/// the way of a network is the user's: names that lead to inner addresses are not found out.
struct Download: Sendable {
    var client: HTTPClient

    /// As Tekton's resolvers allow.
    private static let byteLimit = 1 << 20
    private static let redirectLimit = 10

    struct Answer {
        var status: Int
        var body: [UInt8]
    }

    /// Sends a GET; the credential goes to the address itself only, to no redirect's.
    func get(
        _ url: String,
        credential: HTTPHeader? = nil
    ) async throws(ResolutionError) -> Answer {
        var address = url
        var headers = credential.map { [$0] } ?? []
        for _ in 0...Self.redirectLimit {
            try Self.check(address)
            var request = HTTPRequest(address, headers: headers)
            request.responseByteLimit = Self.byteLimit
            request.expectsSecret = false
            request.deadline = .seconds(60)
            let response: HTTPResponse
            do throws(HTTPError) {
                response = try await client.send(request)
            } catch {
                if error.code == .tooLarge {
                    throw ResolutionError(
                        .source,
                        "response body exceeds maximum allowed size of \(Self.byteLimit) bytes"
                    )
                }
                throw ResolutionError(.source, "error fetching URL: \(error)")
            }
            guard [301, 302, 303, 307, 308].contains(response.status),
                let target = response["Location"]
            else {
                let body = response.body.withBytes { bytes in bytes.indices.map { bytes[$0] } }
                return Answer(status: response.status, body: body)
            }
            headers = []
            address = try Self.join(address, target)
        }
        throw ResolutionError(.source, "error fetching URL: `\(url)` redirects without end")
    }

    /// The address that a redirect leads to.
    static func join(_ base: String, _ target: String) throws(ResolutionError) -> String {
        if target.contains("://") {
            if base.hasPrefix("https://"), !target.hasPrefix("https://") {
                throw ResolutionError(.source, "`\(base)` redirects to an address without TLS")
            }
            return target
        }
        guard let scheme = base.firstRange(of: "://") else { return target }
        if target.hasPrefix("//") { return base[..<scheme.lowerBound] + ":" + target }
        let host = base[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        let origin = base[..<host.endIndex]
        if target.hasPrefix("/") { return origin + target }
        let path = base[host.endIndex...].prefix { $0 != "?" && $0 != "#" }
        let directory = path.lastIndex(of: "/").map { path[...$0] } ?? "/"
        return origin + directory + target
    }

    /// Refuses the addresses where a cloud hands out the host's own identity.
    static func check(_ url: String) throws(ResolutionError) {
        guard let scheme = url.firstRange(of: "://") else { return }
        var host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        if let at = host.lastIndex(of: "@") { host = host[host.index(after: at)...] }
        let name =
            host.hasPrefix("[") ? host.prefix { $0 != "]" }.dropFirst() : host.prefix { $0 != ":" }
        let lowered = name.lowercased()
        let isIdentity =
            lowered.hasPrefix("169.254.") || lowered.hasPrefix("fe80:")
            || lowered.hasPrefix("fd00:ec2:") || lowered == "metadata.google.internal"
            || lowered.hasPrefix("::ffff:169.254.") || lowered.hasPrefix("::ffff:a9fe:")
            || lowered.utf8.allSatisfy { (0x30...0x39).contains($0) } || lowered.hasPrefix("0x")
        if isIdentity {
            throw ResolutionError(
                .forbidden,
                "`\(url)` may not be asked: it is where a cloud hands out the host's identity,"
                    + " or a number that hides an address"
            )
        }
    }
}
