// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Passwords in the user information of URLs (RFC 3986 section 3.2.1).
enum URLCredentials {
    /// A user name without a password of at least so many bytes is taken for a token.
    private static let shortestToken = 16

    /// Calls `body` with each password of each URL in a text, as written and percent-decoded.
    static func forEachPassword(in text: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        var index = 0
        while index + 3 < text.count {
            if text[index] == UInt8(ascii: ":"),
                NeedlePolicy.begins(text.extracting(index...), with: "://")
            {
                let authority = authorityRange(in: text, from: index + 3)
                if let secret = secretRange(in: text, authority) {
                    body(text.extracting(secret))
                    decode(text.extracting(secret), body)
                }
                index = authority.upperBound
            } else {
                index += 1
            }
        }
    }

    private static func authorityRange(in text: Span<UInt8>, from start: Int) -> Range<Int> {
        let ends: ByteSet = "/?# \t\r\n\"'<>"
        var end = start
        while end < text.count, !ends.contains(text[end]) { end += 1 }
        return start..<end
    }

    private static func secretRange(in text: Span<UInt8>, _ authority: Range<Int>) -> Range<Int>? {
        guard let at = authority.last(where: { text[$0] == UInt8(ascii: "@") }) else { return nil }
        let user = authority.lowerBound..<at
        if let colon = user.first(where: { text[$0] == UInt8(ascii: ":") }) {
            return colon + 1..<at
        }
        return user.count >= shortestToken ? user : nil
    }

    private static func decode(_ text: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        guard text.indices.contains(where: { text[$0] == UInt8(ascii: "%") }) else { return }
        var decoded = LockedBuffer.forSecrets()
        var index = 0
        while index < text.count {
            if text[index] == UInt8(ascii: "%"), index + 2 < text.count,
                let high = hexValue(text[index + 1]), let low = hexValue(text[index + 2])
            {
                decoded.append(high << 4 | low)
                index += 3
            } else {
                decoded.append(text[index])
                index += 1
            }
        }
        decoded.withBytes(body)
    }

    /// The value of a hexadecimal digit.
    static func hexValue(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
