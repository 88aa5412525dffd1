// SPDX-License-Identifier: Apache-2.0

/// The address of a server: scheme, host and port, in one spelling.
struct StoreAddress: Hashable {
    let scheme: String
    /// In lower case; an IPv6 address keeps its brackets.
    let host: String
    let port: Int

    /// Reads `https://HOST[:PORT][/]`; `nil` for anything more or less: no path, no user, no query.
    init?(_ text: String) {
        let match =
            text.wholeMatch(
                of: /(?i)(https?):\/\/([a-z0-9.\-_]+|\[[0-9a-f:.]+\])(?::([0-9]{1,5}))?\/?/
            )
        guard let match else { return nil }
        scheme = match.1.lowercased()
        host = match.2.lowercased()
        guard let port = match.3.map({ Int($0) }) ?? (scheme == "https" ? 443 : 80),
            (1...65535).contains(port)
        else { return nil }
        self.port = port
    }

    /// Whether it is this host.
    var isLoopback: Bool { host == "localhost" || host.hasPrefix("127.") || host == "[::1]" }

    /// With the port only where it is not the scheme's own.
    var text: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }
}
