// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension SecretEncoder {
    /// Inside single quotes: bash, `set -x`, `${x@Q}`.
    static let singleQuoted = replacing("'", by: "'\\''", .shell)
    /// Inside single quotes: dash, Python's shlex.
    static let singleQuotedByDouble = replacing("'", by: "'\"'\"'", .shell)
    /// As dash prints several quotes in a row, and without the quotes that it may leave out at the ends.
    static let singleQuotedByRuns = SecretEncoder(encoding: .shell) { bytes, output in
        let quote = UInt8(ascii: "'")
        for index in bytes.indices {
            let isQuote = bytes[index] == quote
            let wasQuote = index > 0 && bytes[index - 1] == quote
            if isQuote != wasQuote {
                output.append(isQuote ? (index == 0 ? "\"" : "'\"") : "\"'")
            }
            output.append(bytes[index])
        }
        if bytes[bytes.count - 1] == quote { output.append("\"") }
    }

    /// Inside double quotes: `declare -p`, `export -p`.
    static let doubleQuoted = prefixing("\"$`\\", with: "\\", .shell)
    /// bash's `printf %q` for text without control characters.
    static let percentQ = SecretEncoder(encoding: .shell) { bytes, output in
        let always: ByteSet = " !\"$&'()*,;<>?[\\]^`{|}"
        let atStart: ByteSet = "#~"
        for index in bytes.indices {
            let byte = bytes[index]
            let isTilde = byte == UInt8(ascii: "~")
            let opensTilde =
                isTilde && index > 0
                && [UInt8(ascii: ":"), UInt8(ascii: "=")].contains(bytes[index - 1])
            if always.contains(byte) || index == 0 && atStart.contains(byte) || opensTilde {
                output.append("\\")
            }
            output.append(byte)
        }
    }

    /// Those that are also applied to what another encoder wrote.
    static let shell = [singleQuoted, singleQuotedByDouble, doubleQuoted, percentQ]

    private static let dollarLetters = "\u{7}a\u{8}b\tt\nn\u{B}v\u{C}f\rr"

    /// Inside `$'...'`: `printf %q` and `declare -p` for text with control characters.
    static let dollarQuoted: [SecretEncoder] = [BackslashStyle.Number.raw, .octal].flatMap {
        nonASCII in
        ["\u{1B}E", "\u{1B}e", ""].map { escape in
            BackslashStyle(
                quoted: "'\\",
                letters: BackslashStyle.letters(dollarLetters + escape),
                control: .octal,
                delete: .octal,
                nonASCII: nonASCII,
                numbersSeparators: true
            ).encoder(.shell)
        }
    }

    /// As GNU ls and coreutils' printf quote: control characters in `$'...'` between plain quotes.
    static let splitDollarQuoted = [false, true].map { numbersNonASCII in
        SecretEncoder(encoding: .shell) { bytes, output in
            let letters = BackslashStyle.letters(dollarLetters)
            var isInside = false
            var index = 0
            while index < bytes.count {
                let scalar = bytes.scalar(at: index)
                let isNumber = isNumber(scalar?.value, numbersNonASCII)
                // A quote after a number finds the quotes closed already.
                let isQuote = scalar?.value == 0x27
                if isNumber != isInside, !isQuote { output.append(isNumber ? "'$'" : "''") }
                isInside = isNumber
                for place in index..<index + (scalar?.count ?? 1) {
                    let byte = bytes[place]
                    if isNumber, let letter = letters[byte] {
                        output.append(UInt8(ascii: "\\"))
                        output.append(letter)
                    } else if isNumber {
                        output.appendOctal(byte)
                    } else if byte == UInt8(ascii: "'") {
                        output.append("'\\''")
                    } else {
                        output.append(byte)
                    }
                }
                index += scalar?.count ?? 1
            }
        }
    }

    private static func isNumber(_ scalar: UInt32?, _ numbersNonASCII: Bool) -> Bool {
        guard let scalar else { return true }
        if scalar >= 0x80 { return numbersNonASCII || scalar == 0x2028 || scalar == 0x2029 }
        return scalar < 0x20 || scalar == 0x7F
    }

    /// PowerShell in double quotes, cmd.exe.
    static let otherShells = [
        prefixing("\"$`", with: "`", .shell), prefixing("&|<>^", with: "^", .shell),
        prefixing("&|<>^\"%!()", with: "^", .shell),
    ]

    /// A character written twice: SQL, YAML and PowerShell, CSV, make and compose, format strings.
    static let doubled = ["'", "\"", "$", "%"].map { replacing($0, by: $0 + $0, .doubled) }

    private static func replacing(
        _ character: String,
        by replacement: String,
        _ encoding: NeedleEncoding
    ) -> SecretEncoder {
        let wanted = Array(character.utf8)[0]
        return SecretEncoder(encoding: encoding) { bytes, output in
            for index in bytes.indices {
                if bytes[index] == wanted {
                    output.append(replacement)
                } else {
                    output.append(bytes[index])
                }
            }
        }
    }

    private static func prefixing(
        _ set: ByteSet,
        with prefix: String,
        _ encoding: NeedleEncoding
    ) -> SecretEncoder {
        SecretEncoder(encoding: encoding) { bytes, output in
            for index in bytes.indices {
                if set.contains(bytes[index]) { output.append(prefix) }
                output.append(bytes[index])
            }
        }
    }
}
