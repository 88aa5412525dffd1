// SPDX-License-Identifier: Apache-2.0

/// The form of base64 that Kubernetes takes.
enum Base64Text {
    /// Whether the text is standard base64 with padding; line breaks do not count.
    ///
    /// Nothing is decoded. Source: RFC 4648 section 4, as Go's `encoding/base64` reads it.
    static func isValid(_ text: String) -> Bool {
        var count = 0
        var padding = 0
        for byte in text.utf8 where byte != UInt8(ascii: "\n") && byte != UInt8(ascii: "\r") {
            count += 1
            if byte == UInt8(ascii: "=") {
                padding += 1
            } else if padding > 0 || !isDigit(byte) {
                return false
            }
        }
        return count.isMultiple(of: 4) && padding <= 2
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte.isLetter || byte.isDigit || byte == UInt8(ascii: "+") || byte == UInt8(ascii: "/")
    }
}
