// SPDX-License-Identifier: Apache-2.0

/// What is known about servers before they are asked: how they are recognised, and what they are shown.
package struct GitAccess: Sendable {
    /// A credential and where it goes.
    package struct Entry: Sendable {
        /// Only to this host, port and protocol, and below this path.
        package var scope: GitURL
        package var credential: GitCredential

        package init(scope: GitURL, _ credential: GitCredential) {
            self.scope = scope
            self.credential = credential
        }
    }

    /// How an https server is known.
    package struct TLS: Sendable, Hashable {
        /// The authorities to trust, PEM; `nil` for the host's own.
        package var authorityFile: String?
        /// A directory of authorities, named by hash.
        package var authorityDirectory: String?
        /// The certificate that this side shows, PEM.
        package var certificateFile: String?
        /// The key of that certificate, PEM.
        package var keyFile: String?
        /// `false` takes any certificate; only a step may ask for that.
        package var isVerified = true

        package init() {}
    }

    /// The more specific scope wins, then the earlier one.
    package var entries: [Entry] = []
    package var tls = TLS()
    /// Which ssh hosts are known; empty means that none is.
    package var knownHosts = KnownHosts()
    /// Where a server is reached instead of at its own address.
    package var routes: [GitRoute] = []
    /// The proxy for http and https; `nil` for what the environment says (`https_proxy`, `no_proxy`).
    package var proxy: String?

    package init() {}

    /// The credential for a server, or `nil`.
    func credential(for url: GitURL) -> GitCredential? {
        var best: Entry?
        for entry in entries where entry.credential.fits(url.scheme) && covers(entry.scope, url) {
            if let found = best, found.scope.path.count >= entry.scope.path.count { continue }
            best = entry
        }
        return best?.credential
    }

    /// Where a server is reached instead, or `nil`.
    func route(for url: GitURL) -> GitRoute? {
        routes.first { $0.host == url.host && $0.port == url.effectivePort }
    }

    private func covers(_ scope: GitURL, _ url: GitURL) -> Bool {
        guard scope.hasSameOrigin(as: url) else { return false }
        var prefix = scope.path[...]
        while prefix.hasSuffix("/") { prefix = prefix.dropLast() }
        if prefix.isEmpty || url.path == prefix { return true }
        return url.path.hasPrefix(prefix + "/") || url.path == prefix + ".git"
    }
}
