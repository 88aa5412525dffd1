// SPDX-License-Identifier: Apache-2.0

/// The address of an annotation, taken apart as far as credentials need it.
struct WebAddress: Sendable {
    /// `https:`; empty where the address has none.
    var scheme = ""
    /// What stands behind the slashes and behind a user.
    var rest: String

    init(_ text: String) {
        var rest = Substring(text)
        if let mark = rest.firstRange(of: "//") {
            scheme = String(rest[..<mark.lowerBound])
            rest = rest[mark.upperBound...]
        }
        let host = rest.prefix { $0 != "/" }
        if let at = host.lastIndex(of: "@") { rest = rest[rest.index(after: at)...] }
        self.rest = String(rest)
    }

    /// Whether it names more than a host.
    var hasPath: Bool {
        // Without a scheme Go takes all of it for a path.
        let path = scheme.isEmpty ? rest[...] : rest.firstIndex(of: "/").map { rest[$0...] } ?? ""
        return !path.isEmpty && path != "/"
    }
}
