// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// One dialect of backslash escapes: JSON strings, C, Go, Python, `$'...'` of a shell.
struct BackslashStyle: Sendable {
    /// How a byte or scalar without a letter of its own is written.
    enum Number: Sendable {
        case raw
        /// `\001`, each byte.
        case octal
        /// `\x1f`, each byte.
        case hex
        /// `\u001f`, scalars above U+FFFF as two surrogates; U+FFFD for what is not UTF-8.
        case utf16
        /// `\u001f`, or `\U0001f511` where four digits do not do (Go's `%+q`).
        case unicode
        /// `\xe4`, `\u65e5` or `\U0001f511`, the shortest (Python's `ascii`).
        case shortest
        /// `\u{1f}` (Rust).
        case braced
    }

    /// What is written as itself after a backslash.
    var quoted: ByteSet = "\"\\"
    /// The letters for control characters, a control character and its letter in turn.
    var letters: [UInt8: UInt8] = Self.letters("\u{8}b\u{C}f\nn\rr\tt")
    var control = Number.utf16
    var delete = Number.raw
    var nonASCII = Number.raw
    /// ASCII characters that are written as numbers all the same.
    var numbered: ByteSet = ""
    /// Whether U+2028 and U+2029 are written as numbers.
    var numbersSeparators = false
    var isUpper = false

    static func letters(_ pairs: String) -> [UInt8: UInt8] {
        let bytes = Array(pairs.utf8)
        let entries = stride(from: 0, to: bytes.count, by: 2).map { (bytes[$0], bytes[$0 + 1]) }
        return Dictionary(uniqueKeysWithValues: entries)
    }

    /// Writes the inside of a string literal.
    func encoder(_ encoding: NeedleEncoding) -> SecretEncoder {
        SecretEncoder(encoding: encoding) { bytes, output in
            var index = 0
            while index < bytes.count { index += write(bytes, at: index, to: &output) }
        }
    }

    /// Writes one byte or scalar; returns how many bytes it had.
    private func write(
        _ bytes: Span<UInt8>,
        at index: Int,
        to output: inout LockedBuffer
    ) -> Int {
        let byte = bytes[index]
        if byte >= 0x80 { return writeNonASCII(bytes, at: index, to: &output) }
        if let letter = letters[byte] {
            output.append(UInt8(ascii: "\\"))
            output.append(letter)
        } else if (byte < 0x20 || byte == 0x7F) && !quoted.contains(byte) {
            write(UInt32(byte), byte, byte == 0x7F ? delete : control, to: &output)
        } else if numbered.contains(byte) {
            write(UInt32(byte), byte, control, to: &output)
        } else {
            if quoted.contains(byte) { output.append(UInt8(ascii: "\\")) }
            output.append(byte)
        }
        return 1
    }

    private func writeNonASCII(
        _ bytes: Span<UInt8>,
        at index: Int,
        to output: inout LockedBuffer
    ) -> Int {
        let scalar = bytes.scalar(at: index)
        let count = scalar?.count ?? 1
        let isSeparator = scalar?.value == 0x2028 || scalar?.value == 0x2029
        let number = numbersSeparators && isSeparator && nonASCII == .raw ? control : nonASCII
        switch number {
        case .raw: for place in index..<index + count { output.append(bytes[place]) }
        case .octal, .hex:
            for place in index..<index + count {
                write(UInt32(bytes[place]), bytes[place], number, to: &output)
            }
        case .utf16: write(scalar?.value ?? 0xFFFD, bytes[index], number, to: &output)
        case .unicode, .shortest, .braced:
            write(
                scalar?.value ?? UInt32(bytes[index]),
                bytes[index],
                scalar == nil ? .hex : number,
                to: &output
            )
        }
        return count
    }

    private func write(
        _ scalar: UInt32,
        _ byte: UInt8,
        _ number: Number,
        to output: inout LockedBuffer
    ) {
        func escape(_ letter: String, _ value: UInt32, _ digitCount: Int) {
            output.append(letter)
            output.appendHex(value, digitCount: digitCount, isUpper: isUpper)
        }
        switch number {
        case .raw: output.append(byte)
        case .octal: output.appendOctal(byte)
        case .hex: escape("\\x", UInt32(byte), 2)
        case .utf16 where scalar > 0xFFFF:
            escape("\\u", 0xD800 + (scalar - 0x10000) >> 10, 4)
            escape("\\u", 0xDC00 + (scalar - 0x10000) & 0x3FF, 4)
        case .shortest where scalar <= 0xFF: escape("\\x", scalar, 2)
        case .unicode where scalar > 0xFFFF, .shortest where scalar > 0xFFFF:
            escape("\\U", scalar, 8)
        case .utf16, .unicode, .shortest: escape("\\u", scalar, 4)
        case .braced:
            output.append("\\u{")
            output.append(String(scalar, radix: 16))
            output.append("}")
        }
    }
}
