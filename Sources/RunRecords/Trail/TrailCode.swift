// SPDX-License-Identifier: Apache-2.0

/// The code at the end of a line of an event file: HMAC-SHA256 over the code of the line before and the
/// line's own bytes up to it.
package struct TrailCode: Sendable, Hashable, CustomStringConvertible {
    static let byteCount = 32
    private static let prefix = Array(#","mac":""#.utf8)
    private static let suffix = Array("\"}\n".utf8)
    /// How many bytes a code takes on a line, with what closes the line.
    static let lineByteCount = prefix.count + 2 * byteCount + suffix.count

    let bytes: [UInt8]

    init(_ bytes: [UInt8]) {
        precondition(bytes.count == Self.byteCount, "a code has 32 bytes")
        self.bytes = bytes
    }

    /// Reads the 64 hexadecimal digits of a code; `nil` when they are none.
    package init?(hexadecimal digits: some Collection<UInt8>) {
        guard digits.count == 2 * Self.byteCount else { return nil }
        var bytes: [UInt8] = []
        bytes.reserveCapacity(Self.byteCount)
        var high: UInt8?
        for digit in digits {
            guard let value = Self.value(ofDigit: digit) else { return nil }
            if let first = high {
                bytes.append(first << 4 | value)
                high = nil
            } else {
                high = value
            }
        }
        self.bytes = bytes
    }

    package var description: String {
        var digits: [UInt8] = []
        append(to: &digits)
        return String(decoding: digits, as: UTF8.self)
    }

    /// Appends the code's hexadecimal digits.
    func append(to text: inout [UInt8]) {
        // In a piece, as it is done twice for every read of a secret.
        text += [UInt8](capacity: 2 * Self.byteCount) { digits in
            for byte in bytes {
                digits.append(Self.digit(byte >> 4))
                digits.append(Self.digit(byte & 15))
            }
        }
    }

    /// Appends what ends a line: the code as its last member, the brace, the newline.
    func close(_ line: inout [UInt8]) {
        line += Self.prefix
        append(to: &line)
        line += Self.suffix
    }

    /// Takes a line with its newline apart into what the code is of, and the code; `nil` when it ends
    /// otherwise.
    static func split(_ line: [UInt8]) -> (body: ArraySlice<UInt8>, code: TrailCode)? {
        guard line.count > lineByteCount else { return nil }
        let body = line.dropLast(lineByteCount)
        let end = line[body.endIndex...]
        guard end.starts(with: prefix), end.suffix(suffix.count).elementsEqual(suffix),
            let code = TrailCode(
                hexadecimal: end.dropFirst(prefix.count).dropLast(suffix.count)
            )
        else { return nil }
        return (body, code)
    }

    private static func digit(_ value: UInt8) -> UInt8 {
        value < 10 ? UInt8(ascii: "0") + value : UInt8(ascii: "a") - 10 + value
    }

    private static func value(ofDigit digit: UInt8) -> UInt8? {
        switch digit {
        case UInt8(ascii: "0")...UInt8(ascii: "9"): digit - UInt8(ascii: "0")
        case UInt8(ascii: "a")...UInt8(ascii: "f"): digit - UInt8(ascii: "a") + 10
        default: nil
        }
    }
}
