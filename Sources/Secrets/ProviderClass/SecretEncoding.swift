// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// How a value is written in the store, and so what is undone before it becomes a file's content.
package enum SecretEncoding: String, Sendable, Hashable, CaseIterable {
    case utf8 = "utf-8"
    case base64
    case hex

    /// The content that `value` stands for, or `nil` when it is not written that way.
    ///
    /// Base64 is the standard alphabet with padding and line ends are skipped, as Go's `encoding/base64`
    /// has it; the digits of hexadecimal may be of either case.
    package func decode(_ value: Span<UInt8>) throws(CryptographyError) -> LockedBytes? {
        var buffer = try LockedWriter(capacity: value.count)
        let isWellFormed =
            switch self {
            case .utf8: try Self.copy(value, into: &buffer)
            case .base64: try Self.decodeBase64(value, into: &buffer)
            case .hex: try Self.decodeHexadecimal(value, into: &buffer)
            }
        return isWellFormed ? buffer.finish() : nil
    }

    private static func copy(
        _ value: Span<UInt8>,
        into buffer: inout LockedWriter
    ) throws(CryptographyError) -> Bool {
        try buffer.append(value)
        return true
    }

    private static func decodeBase64(
        _ value: Span<UInt8>,
        into buffer: inout LockedWriter
    ) throws(CryptographyError) -> Bool {
        var group: UInt32 = 0
        var digits = 0
        var padding = 0
        for index in value.indices {
            let byte = value[index]
            if byte == UInt8(ascii: "\r") || byte == UInt8(ascii: "\n") { continue }
            if byte == UInt8(ascii: "=") {
                padding += 1
                continue
            }
            guard padding == 0, let digit = base64Digit(byte) else { return false }
            group = group << 6 | digit
            digits += 1
            if digits % 4 == 0 {
                try buffer.append(UInt8(truncatingIfNeeded: group >> 16))
                try buffer.append(UInt8(truncatingIfNeeded: group >> 8))
                try buffer.append(UInt8(truncatingIfNeeded: group))
                group = 0
            }
        }
        switch (digits % 4, padding) {
        case (0, 0): return true
        case (2, 2):
            try buffer.append(UInt8(truncatingIfNeeded: group >> 4))
            return true
        case (3, 1):
            try buffer.append(UInt8(truncatingIfNeeded: group >> 10))
            try buffer.append(UInt8(truncatingIfNeeded: group >> 2))
            return true
        default: return false
        }
    }

    private static func base64Digit(_ byte: UInt8) -> UInt32? {
        switch byte {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): UInt32(byte - UInt8(ascii: "A"))
        case UInt8(ascii: "a")...UInt8(ascii: "z"): UInt32(byte - UInt8(ascii: "a")) + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): UInt32(byte - UInt8(ascii: "0")) + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }

    private static func decodeHexadecimal(
        _ value: Span<UInt8>,
        into buffer: inout LockedWriter
    ) throws(CryptographyError) -> Bool {
        if value.count % 2 != 0 { return false }
        var index = 0
        while index < value.count {
            guard let high = hexadecimalDigit(value[index]),
                let low = hexadecimalDigit(value[index + 1])
            else { return false }
            try buffer.append(high << 4 | low)
            index += 2
        }
        return true
    }

    private static func hexadecimalDigit(_ byte: UInt8) -> UInt8? {
        switch byte {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): byte - UInt8(ascii: "a") + 10
        case UInt8(ascii: "A")...UInt8(ascii: "F"): byte - UInt8(ascii: "A") + 10
        default: nil
        }
    }
}
