// SPDX-License-Identifier: Apache-2.0
import Cryptography

extension LockedWriter {
    /// Appends text that is no secret.
    mutating func append(_ text: String) throws(CryptographyError) {
        for byte in text.utf8 { try append(byte) }
    }

    /// Appends UTF-8 as a JSON string, with quotes; nothing when the bytes are no UTF-8.
    ///
    /// With `escapesHTML`, `<`, `>` and `&` are escaped too, as Go's `json.Marshal` does.
    ///
    /// - Returns: whether the bytes were UTF-8.
    mutating func append(
        json bytes: Span<UInt8>,
        escapesHTML: Bool
    ) throws(CryptographyError) -> Bool {
        if (try? UTF8Span(validating: bytes)) == nil { return false }
        try append(UInt8(ascii: "\""))
        for index in bytes.indices {
            let byte = bytes[index]
            switch byte {
            case UInt8(ascii: "\""), UInt8(ascii: "\\"):
                try append(UInt8(ascii: "\\"))
                try append(byte)
            case 0x0a: try append("\\n")
            case 0x0d: try append("\\r")
            case 0x09: try append("\\t")
            case 0..<0x20: try append(unicodeEscapeOf: byte)
            case UInt8(ascii: "<"), UInt8(ascii: ">"), UInt8(ascii: "&"):
                if escapesHTML { try append(unicodeEscapeOf: byte) } else { try append(byte) }
            default: try append(byte)
            }
        }
        try append(UInt8(ascii: "\""))
        return true
    }

    private mutating func append(unicodeEscapeOf byte: UInt8) throws(CryptographyError) {
        let digits = Array("0123456789abcdef".utf8)
        try append("\\u00")
        try append(digits[Int(byte >> 4)])
        try append(digits[Int(byte & 15)])
    }
}
