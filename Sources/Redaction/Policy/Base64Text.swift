// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Decoding of base64 and base64url (RFC 4648 sections 4 and 5), padded or not.
enum Base64Text {
    /// Appends what the digits stand for.
    ///
    /// - Returns: false when there is anything but digits and padding at the end.
    static func decode(_ text: Span<UInt8>, into output: inout LockedBuffer) -> Bool {
        var bits: UInt32 = 0
        var bitCount = 0
        for index in text.indices {
            let byte = text[index]
            if byte == UInt8(ascii: "=") {
                return (index..<text.count).allSatisfy { text[$0] == byte }
            }
            guard let digit = digit(byte) else { return false }
            bits = bits << 6 | UInt32(digit)
            bitCount += 6
            if bitCount >= 8 {
                bitCount -= 8
                output.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
            }
        }
        return true
    }

    /// Whether a byte is a digit of either alphabet, by a table.
    @inline(__always)
    static func isDigit(_ byte: UInt8) -> Bool { digitTable[Int(byte)] != 0 }

    /// 1 for each digit.
    static let digitTable: [UInt8] = (0...255).map { digit($0) == nil ? 0 : 1 }

    /// The value of each digit; 0 for what is none.
    static let values: [UInt8] = (0...255).map { digit($0) ?? 0 }

    /// The value of a digit of either alphabet.
    static func digit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): byte - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): byte - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"), UInt8(ascii: "-"): 62
        case UInt8(ascii: "/"), UInt8(ascii: "_"): 63
        default: nil
        }
    }
}
