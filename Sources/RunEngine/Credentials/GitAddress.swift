// SPDX-License-Identifier: Apache-2.0

/// Where a key for ssh is for: `host`, `host:port`, and either with `/path/of/repository`.
struct GitAddress: Sendable, Hashable {
    var host: String
    var port = "22"
    /// With its leading slash; empty for all of a host.
    var path = ""

    init(_ text: String) {
        var rest = Substring(text)
        if let slash = rest.firstIndex(of: "/") {
            path = String(rest[slash...])
            rest = rest[..<slash]
        }
        host = String(rest)
        if rest.hasPrefix("["), let end = rest.lastIndex(of: "]") {
            let after = rest[rest.index(after: end)...]
            guard after.hasPrefix(":") else { return }
            host = String(rest[rest.index(after: rest.startIndex)..<end])
            port = String(after.dropFirst())
        } else if let colon = rest.firstIndex(of: ":"), rest.lastIndex(of: ":") == colon {
            host = String(rest[..<colon])
            port = String(rest[rest.index(after: colon)...])
        }
    }

    /// The name under which ssh's configuration has it.
    var alias: String {
        path.isEmpty ? host : "\(host)--\(path.dropFirst().replacing("/", with: "--"))"
    }

    /// What makes git go to the alias for this repository, and for none whose name only begins like it.
    var redirections: String {
        let repository = "\(path.dropFirst()).git"
        let place = port == "22" ? host : "\(host):\(port)"
        return "[url \"git@\(alias):\(repository)\"]\n\tinsteadOf = git@\(host):\(repository)\n"
            + "[url \"ssh://\(alias)/\(repository)\"]\n"
            + "\tinsteadOf = ssh://\(place)/\(repository)\n"
    }
}
