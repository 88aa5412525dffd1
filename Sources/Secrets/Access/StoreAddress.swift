// SPDX-License-Identifier: Apache-2.0

/// The address of a server: scheme, host and port, in one spelling.
package struct StoreAddress: Hashable, Sendable {
    let scheme: String
    /// In lower case; an IPv6 address keeps its brackets.
    let host: String
    let port: Int

    /// Reads `https://HOST[:PORT][/]`; `nil` for anything more or less: no path, no user, no query.
    package init?(_ text: String) {
        if !text.utf8.allSatisfy({ $0 < 0x80 }) { return nil }
        var rest = text.lowercased()[...]
        if rest.hasSuffix("/") { rest.removeLast() }
        if rest.hasPrefix("https://") {
            scheme = "https"
        } else if rest.hasPrefix("http://") {
            scheme = "http"
        } else {
            return nil
        }
        rest = rest.dropFirst(scheme.count + 3)
        var end = rest.firstIndex(of: ":") ?? rest.endIndex
        let isBracketed = rest.hasPrefix("[")
        if isBracketed {
            guard let bracket = rest.firstIndex(of: "]") else { return nil }
            end = rest.index(after: bracket)
        }
        let name = isBracketed ? rest[..<end].dropFirst().dropLast() : rest[..<end]
        let isAllowed = { (byte: UInt8) in
            switch byte {
            case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."): true
            case UInt8(ascii: "a")...UInt8(ascii: "f"): true
            case UInt8(ascii: ":"): isBracketed
            case UInt8(ascii: "g")...UInt8(ascii: "z"), UInt8(ascii: "-"), UInt8(ascii: "_"):
                !isBracketed
            default: false
            }
        }
        if name.isEmpty || !name.utf8.allSatisfy(isAllowed) { return nil }
        host = String(rest[..<end])
        let digits = rest[end...].dropFirst()
        if end == rest.endIndex {
            port = scheme == "https" ? 443 : 80
            return
        }
        let isPort = rest[end] == ":" && digits.utf8.allSatisfy { (0x30...0x39).contains($0) }
        guard isPort, digits.count <= 5, let number = Int(digits), (1...65535).contains(number)
        else { return nil }
        port = number
    }

    /// Whether it is this host.
    var isLoopback: Bool { host == "localhost" || host.hasPrefix("127.") || host == "[::1]" }

    /// With the port only where it is not the scheme's own.
    var text: String {
        let isUsual = port == (scheme == "https" ? 443 : 80)
        return "\(scheme)://\(host)" + (isUsual ? "" : ":\(port)")
    }
}
