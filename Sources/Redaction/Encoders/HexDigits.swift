// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension LockedBuffer {
    /// Appends the two hexadecimal digits of a byte.
    mutating func appendHex(_ byte: UInt8, isUpper: Bool = false) {
        append(Self.digit(byte >> 4, isUpper))
        append(Self.digit(byte & 15, isUpper))
    }

    /// Appends a number in hexadecimal.
    mutating func appendHex(_ number: UInt32, digitCount: Int, isUpper: Bool = false) {
        for place in stride(from: digitCount - 1, through: 0, by: -1) {
            append(Self.digit(UInt8(number >> UInt32(4 * place) & 15), isUpper))
        }
    }

    /// Appends a backslash and the three octal digits of a byte.
    mutating func appendOctal(_ byte: UInt8, hasBackslash: Bool = true) {
        if hasBackslash { append(UInt8(ascii: "\\")) }
        for shift in [6, 3, 0] { append(UInt8(ascii: "0") + byte >> UInt8(shift) & 7) }
    }

    private static func digit(_ value: UInt8, _ isUpper: Bool) -> UInt8 {
        if value < 10 { return UInt8(ascii: "0") + value }
        return UInt8(ascii: isUpper ? "A" : "a") + value - 10
    }
}

extension SecretEncoder {
    /// Each byte as its two digits, with a separator between them and a prefix.
    ///
    /// The first prefix is left out, as it says nothing: otherwise every `%` at the end of a write would
    /// be held back.
    static func hex(
        isUpper: Bool,
        prefix: String = "",
        separator: String = "",
        as encoding: NeedleEncoding = .hex
    ) -> SecretEncoder {
        SecretEncoder(encoding: encoding) { bytes, output in
            for index in bytes.indices {
                if index > 0 {
                    output.append(separator)
                    output.append(prefix)
                }
                output.appendHex(bytes[index], isUpper: isUpper)
            }
        }
    }

    /// Each byte as a decimal number, as Go's `%v` and lists in Python and JavaScript print them.
    static func decimal(separator: String) -> SecretEncoder {
        SecretEncoder(encoding: .decimal) { bytes, output in
            for index in bytes.indices {
                if index > 0 { output.append(separator) }
                let byte = bytes[index]
                if byte >= 100 { output.append(UInt8(ascii: "0") + byte / 100) }
                if byte >= 10 { output.append(UInt8(ascii: "0") + byte / 10 % 10) }
                output.append(UInt8(ascii: "0") + byte % 10)
            }
        }
    }
}
