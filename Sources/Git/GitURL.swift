// SPDX-License-Identifier: Apache-2.0

/// Where a repository is, without what would let one in.
package struct GitURL: Hashable, Sendable, CustomStringConvertible {
    package enum Scheme: String, Sendable {
        case https, http, ssh, git
        /// A directory of this host.
        case file
    }

    package let scheme: Scheme
    /// The login of ssh (`git`); `nil` for every other scheme.
    package let user: String?
    /// Lower case, without brackets; empty for a directory.
    package let host: String
    /// `nil` for the scheme's own.
    package let port: Int?
    /// Starts with `/`, or with `~` or a relative path of the `host:path` form.
    package let path: String
    /// Whether it was written `host:path`.
    private let isShort: Bool

    package init(
        scheme: Scheme,
        user: String? = nil,
        host: String,
        port: Int? = nil,
        path: String,
        isShort: Bool = false
    ) {
        self.scheme = scheme
        self.user = user
        self.host = host
        self.port = port
        self.path = path
        self.isShort = isShort
    }

    /// The address as it is stored and shown; it holds no secret.
    package var description: String {
        if scheme == .file { return path }
        let login = user.map { $0 + "@" } ?? ""
        let name = host.contains(":") ? "[\(host)]" : host
        if isShort { return "\(login)\(name):\(path)" }
        return "\(scheme.rawValue)://\(login)\(name)\(port.map { ":\($0)" } ?? "")\(path)"
    }

    /// The port that a connection goes to.
    package var effectivePort: Int {
        switch scheme {
        case .https: port ?? 443
        case .http: port ?? 80
        case .ssh: port ?? 22
        case .git: port ?? 9418
        case .file: 0
        }
    }

    /// Whether both are served by the same host, port and protocol.
    package func hasSameOrigin(as other: GitURL) -> Bool {
        scheme == other.scheme && host == other.host && effectivePort == other.effectivePort
    }

    /// The same origin with another path.
    package func replacing(path: String) -> GitURL {
        GitURL(
            scheme: scheme,
            user: user,
            host: host,
            port: port,
            path: path,
            isShort: isShort && !path.hasPrefix("/")
        )
    }

    /// The last part of the path, without `.git`: the directory that git would clone into.
    package var name: String {
        var path = path[...]
        while path.hasSuffix("/") { path = path.dropLast() }
        if path.hasSuffix("/.git") { path = path.dropLast(5) }
        let last = path.split(whereSeparator: { $0 == "/" || $0 == ":" }).last ?? "repository"
        return String(last.hasSuffix(".git") && last.count > 4 ? last.dropLast(4) : last)
    }
}
