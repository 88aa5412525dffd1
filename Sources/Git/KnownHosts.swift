// SPDX-License-Identifier: Apache-2.0
internal import Cryptography

/// The keys by which ssh hosts are known: the lines of `known_hosts` files, sshd(8).
package struct KnownHosts: Sendable, Hashable {
    fileprivate struct Line: Hashable, Sendable {
        var isRevoked: Bool
        /// Patterns, or one hashed name.
        var hosts: [String]
        var type: String
        var key: [UInt8]
    }

    fileprivate var lines: [Line] = []
    /// Takes any host; only a step may ask for that (`StrictHostKeyChecking no`).
    package var acceptsAnyHost = false

    package init() {}

    /// Adds the lines of a file; comments and what cannot be read are left out, as ssh does.
    package mutating func add(_ text: String) {
        for line in text.split(whereSeparator: \.isNewline) {
            var fields = line.split(whereSeparator: { $0 == " " || $0 == "\t" })[...]
            guard let first = fields.first, !first.hasPrefix("#") else { continue }
            let isRevoked = first == "@revoked"
            if isRevoked { fields = fields.dropFirst() }
            // Certificates are no host keys: libssh2 does not offer them.
            guard fields.count >= 3, !first.hasPrefix("@") || isRevoked else { continue }
            let parts = Array(fields)
            guard let key = Base64.decode(String(parts[2])) else { continue }
            lines.append(
                Line(
                    isRevoked: isRevoked,
                    hosts: parts[0].split(separator: ",").map(String.init),
                    type: String(parts[1]),
                    key: key
                )
            )
        }
    }

    package var isEmpty: Bool { lines.isEmpty }

    /// Why a host must not be trusted with this key, as the protocol sends it; `nil` when it may.
    func objection(to key: [UInt8], host: String, port: Int) -> String? {
        let name = port == 22 ? host : "[\(host)]:\(port)"
        let known = lines.filter { $0.names(name) }
        if known.contains(where: { $0.isRevoked && $0.key == key }) {
            return "the key of host `\(name)` is revoked in known_hosts"
        }
        if acceptsAnyHost || known.contains(where: { $0.key == key && !$0.isRevoked }) {
            return nil
        }
        let type = Self.type(of: key)
        if known.contains(where: { $0.type == type && !$0.isRevoked }) {
            return "host `\(name)` shows another \(type) key than known_hosts has: "
                + "somebody may be listening in"
        }
        if let other = known.first(where: { !$0.isRevoked }) {
            return "host `\(name)` shows a key of type \(type), and known_hosts has only "
                + "\(other.type); add the line that `ssh-keyscan -t \(type)` prints, once checked"
        }
        return "host `\(name)` is not in known_hosts; add the line that `ssh-keyscan` prints, "
            + "once checked"
    }

    /// The line of a host's key of the kind that is best asked for; `nil` when any kind will do.
    ///
    /// RSA is never asked for: before 1.11 libssh2 knows it with SHA-1 alone, which servers do not offer.
    func preferredLine(host: String, port: Int) -> String? {
        let name = port == 22 ? host : "[\(host)]:\(port)"
        let known = lines.filter { $0.names(name) && !$0.isRevoked }
        for type in [
            "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521",
        ] {
            guard let line = known.first(where: { $0.type == type }) else { continue }
            return "\(name) \(type) \(Base64.encode(line.key))"
        }
        return nil
    }

    /// The name that the key starts with.
    private static func type(of key: [UInt8]) -> String {
        guard key.count > 4 else { return "unknown" }
        let count = Int(key[2]) << 8 | Int(key[3])
        guard key[0] == 0, key[1] == 0, key.count >= 4 + count else { return "unknown" }
        let name = String(decoding: key[4..<4 + count], as: UTF8.self)
        let isPlain = name.utf8.allSatisfy { $0 > 0x20 && $0 < 0x7f }
        return isPlain ? name : "unknown"
    }
}

extension KnownHosts.Line {
    /// Whether one of the patterns names the host, and none excludes it.
    fileprivate func names(_ host: String) -> Bool {
        var isNamed = false
        for pattern in hosts {
            if pattern.hasPrefix("|1|") {
                isNamed = isNamed || isHash(pattern, of: host)
            } else if pattern.hasPrefix("!") {
                if Wildcard.matches(pattern.dropFirst().lowercased(), host) { return false }
            } else if Wildcard.matches(pattern.lowercased(), host) {
                isNamed = true
            }
        }
        return isNamed
    }

    /// `|1|salt|hash`: HMAC-SHA1 of the name under the salt.
    private func isHash(_ pattern: String, of host: String) -> Bool {
        let parts = pattern.split(separator: "|")
        guard parts.count == 3, let salt = Base64.decode(String(parts[1])),
            let hash = Base64.decode(String(parts[2]))
        else { return false }
        let name = Array(host.utf8)
        return (try? HMACSHA1.authenticate(name.span, key: salt.span)) == hash
    }
}
