// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension SecretEncoder {
    /// UTF-16 without a byte order mark; nothing for what is not UTF-8.
    static let utf16 = [false, true].map { isBigEndian in
        SecretEncoder(encoding: .utf16) { bytes, output in
            let start = output.count
            func append(_ unit: UInt32) {
                output.append(UInt8(truncatingIfNeeded: isBigEndian ? unit >> 8 : unit))
                output.append(UInt8(truncatingIfNeeded: isBigEndian ? unit : unit >> 8))
            }
            var index = 0
            while index < bytes.count {
                guard let scalar = bytes.scalar(at: index) else {
                    return output.truncate(to: start)
                }
                if scalar.value > 0xFFFF {
                    append(0xD800 + (scalar.value - 0x10000) >> 10)
                    append(0xDC00 + (scalar.value - 0x10000) & 0x3FF)
                } else {
                    append(scalar.value)
                }
                index += scalar.count
            }
        }
    }

    /// ASCII letters all in one case.
    static let recased = [false, true].map { isUpper in
        SecretEncoder(encoding: .recased) { bytes, output in
            let letters = isUpper ? ByteSet(0x61...0x7A) : ByteSet(0x41...0x5A)
            for index in bytes.indices {
                output.append(letters.contains(bytes[index]) ? bytes[index] ^ 0x20 : bytes[index])
            }
        }
    }

    /// As decoders print it that replace what is not UTF-8; nothing where that leaves little.
    ///
    /// Some write one U+FFFD for each byte, others one for each beginning of a character (the Unicode
    /// Standard, section 3.9).
    static let replaced = [false, true].map { joinsBeginnings in
        SecretEncoder(encoding: .raw) { bytes, output in
            let start = output.count
            var validCount = 0
            var index = 0
            while index < bytes.count {
                if let scalar = bytes.scalar(at: index) {
                    output.append(bytes.extracting(index..<index + scalar.count))
                    validCount += scalar.count
                    index += scalar.count
                } else {
                    output.append("\u{FFFD}")
                    index += joinsBeginnings ? bytes.brokenScalarCount(at: index) : 1
                }
            }
            if validCount < 8 { output.truncate(to: start) }
        }
    }

    /// In Latin-1, with `?` for what that has not.
    static let latin1 = SecretEncoder(encoding: .raw) { bytes, output in
        var index = 0
        while index < bytes.count {
            let scalar = bytes.scalar(at: index) ?? (UInt32(bytes[index]), 1)
            output.append(UInt8(exactly: scalar.value) ?? UInt8(ascii: "?"))
            index += scalar.count
        }
    }

    /// White space as an unquoted `echo` leaves it: each run is one space.
    static let echoed = SecretEncoder(encoding: .joined) { bytes, output in
        let spaces: ByteSet = " \t\n\r\u{B}\u{C}"
        for index in bytes.indices {
            let isSpace = spaces.contains(bytes[index])
            if isSpace, index > 0, spaces.contains(bytes[index - 1]) { continue }
            output.append(isSpace ? 0x20 : bytes[index])
        }
    }

    /// The lines put together with something else between them.
    static let joined: [SecretEncoder] = [
        joining(by: "\r\n"), joining(by: "\r\r\n"), joining(by: "\\n"), joining(by: "\\r\\n"),
        joining(by: "\\\\n"), joining(by: "", isTrimmed: true), joining(by: " "),
        joining(by: " ", isTrimmed: true), joining(by: "\n", isTrimmed: true), joining(by: "\n\n"),
    ]

    /// A PEM file's base64, without its lines' ends and its BEGIN and END lines.
    static let keyBody = SecretEncoder(encoding: .joined) { bytes, output in
        NeedlePolicy.forEachLine(of: bytes, in: bytes.indices) { line in
            let line = bytes.extracting(NeedlePolicy.trimmed(bytes, line))
            if !NeedlePolicy.isArmour(line) { output.append(line) }
        }
    }

    /// The lines behind an indentation, as YAML and quoted mail have them.
    static let indented = ["  ", "    ", "      ", "        ", "\t", "> ", "+", "-"].map {
        joining(by: "\n" + $0)
    }

    private static func joining(by separator: String, isTrimmed: Bool = false) -> SecretEncoder {
        SecretEncoder(encoding: .joined) { bytes, output in
            var isFirst = true
            NeedlePolicy.forEachLine(of: bytes, in: bytes.indices) { line in
                if !isFirst { output.append(separator) }
                isFirst = false
                let kept = isTrimmed ? NeedlePolicy.trimmed(bytes, line) : line
                output.append(bytes.extracting(kept))
            }
        }
    }
}
