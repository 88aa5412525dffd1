// SPDX-License-Identifier: Apache-2.0

/// The part of an address that says whom it belongs to.
enum WebOrigin {
    /// `https://host:port`, in lower case, the port as it is given.
    static func of(_ url: String) -> String {
        guard let scheme = url.firstRange(of: "://") else { return url.lowercased() }
        let host = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" && $0 != "#" }
        return (url[..<scheme.upperBound] + host).lowercased()
    }
}
