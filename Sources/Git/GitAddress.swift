// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// An address as people write it, taken apart: the repository's clean URL, and the credential that stood in
/// the text.
package struct GitAddress: Sendable {
    package let url: GitURL
    /// What stood before the `@` of an http address.
    package let credential: GitCredential?

    /// Reads `https://user:token@host/path`, `ssh://git@host/path`, `git@host:path`, `git://`, `file://` or a
    /// path.
    ///
    /// - Throws: `GitError.malformedAddress`; the message never repeats what may be a password.
    package init(_ text: String) throws(GitError) {
        guard text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7f }), !text.isEmpty else {
            throw Self.malformed("it is empty, or holds a space or a control character")
        }
        guard let mark = text.firstRange(of: "://") else {
            (url, credential) = (try Self.short(text), nil)
            return
        }
        let scheme = text[..<mark.lowerBound].lowercased()
        guard let scheme = GitURL.Scheme(rawValue: scheme) else {
            throw Self.malformed("`\(scheme)://` is none of https, http, ssh, git and file")
        }
        let rest = text[mark.upperBound...]
        let slash = rest.firstIndex(of: "/") ?? rest.endIndex
        let path = String(rest[slash...])
        if scheme == .file {
            guard rest[..<slash].isEmpty || rest[..<slash] == "localhost" else {
                throw Self.malformed("a `file://` address names no host")
            }
            url = GitURL(scheme: .file, host: "", path: Self.decode(path))
            credential = nil
            return
        }
        let authority = rest[..<slash]
        let at = authority.lastIndex(of: "@")
        let login = at.map { authority[..<$0] }
        let server = at.map { authority[authority.index(after: $0)...] } ?? authority
        let (host, port) = try Self.server(server)
        guard path.count > 1 else { throw Self.malformed("it names no repository") }
        let isHTTP = scheme == .https || scheme == .http
        url = GitURL(
            scheme: scheme,
            user: isHTTP ? nil : login.map { Self.decode(String($0.prefix { $0 != ":" })) },
            host: host,
            port: port,
            path: path
        )
        credential = isHTTP ? try login.map(Self.credential) : nil
        if !isHTTP, login?.contains(":") == true {
            throw Self.malformed("`\(scheme.rawValue)://` takes no password in the address")
        }
        if let user = url.user, user.isEmpty || user.hasPrefix("-") {
            throw Self.malformed("its user is no login")
        }
    }

    private static func malformed(_ reason: String) -> GitError {
        GitError("read", on: "address", .malformedAddress, reason)
    }

    /// `user@host:path`, or a directory.
    private static func short(_ text: String) throws(GitError) -> GitURL {
        guard !text.hasPrefix("/"), !text.hasPrefix("."), let colon = text.firstIndex(of: ":"),
            !text[..<colon].contains("/")
        else { return GitURL(scheme: .file, host: "", path: try absolute(text)) }
        let authority = text[..<colon]
        let at = authority.lastIndex(of: "@")
        let user = at.map { String(authority[..<$0]) }
        let host = at.map { authority[authority.index(after: $0)...] } ?? authority
        let path = String(text[text.index(after: colon)...])
        guard !path.isEmpty, user?.isEmpty != true, user?.hasPrefix("-") != true else {
            throw malformed("it is no `user@host:path`")
        }
        return GitURL(
            scheme: .ssh,
            user: user,
            host: try server(host).host,
            path: path,
            isShort: true
        )
    }

    private static func absolute(_ path: String) throws(GitError) -> String {
        if path.hasPrefix("/") { return path }
        do {
            return "\(try CurrentProcess.currentDirectory())/\(path)"
        } catch {
            throw malformed("the current directory has no path: \(error)")
        }
    }

    private static func server(
        _ text: Substring
    ) throws(GitError) -> (host: String, port: Int?) {
        var host = text
        var port: Int?
        let tail = text.lastIndex(of: "]") ?? text.startIndex
        if let colon = text[tail...].lastIndex(of: ":") {
            host = text[..<colon]
            let digits = text[text.index(after: colon)...]
            if !digits.isEmpty {
                guard let number = Int(digits), (1...65535).contains(number) else {
                    throw malformed("its port is no number from 1 to 65535")
                }
                port = number
            }
        }
        if host.hasPrefix("["), host.hasSuffix("]") { host = host.dropFirst().dropLast() }
        let isName = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "0")...UInt8(ascii: "9"),
                UInt8(ascii: "-"), UInt8(ascii: "."), UInt8(ascii: "_"), UInt8(ascii: ":"),
                UInt8(ascii: "%"):
                true
            default: false
            }
        }
        let name = host.lowercased()
        guard !name.isEmpty, !name.hasPrefix("-"), name.utf8.allSatisfy(isName) else {
            throw malformed("its host is no name")
        }
        return (name, port)
    }

    private static func credential(_ login: Substring) throws(GitError) -> GitCredential {
        let parts = login.split(separator: ":", maxSplits: 1, omittingEmptySubsequences: false)
        return .password(
            user: try LockedText(decode(String(parts[0]))),
            try LockedText(parts.count > 1 ? decode(String(parts[1])) : "")
        )
    }

    /// Resolves `%41`; a `%` without two digits stands for itself.
    private static func decode(_ text: String) -> String {
        if !text.contains("%") { return text }
        var out: [UInt8] = []
        var rest = Array(text.utf8)[...]
        while let byte = rest.popFirst() {
            if byte == UInt8(ascii: "%"), rest.count >= 2,
                let code = UInt8(String(decoding: rest.prefix(2), as: UTF8.self), radix: 16)
            {
                out.append(code)
                rest = rest.dropFirst(2)
            } else {
                out.append(byte)
            }
        }
        return String(decoding: out, as: UTF8.self)
    }
}
