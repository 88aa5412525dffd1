// SPDX-License-Identifier: Apache-2.0

extension SecretEncoder {
    /// What stands in the source of a program: `"` or `'` or both escaped, or neither.
    private static let quoteSets: [ByteSet] = ["\"\\", "'\\", "\"'\\", "\\"]
    private static let allLetters = "\u{7}a\u{8}b\tt\nn\u{B}v\u{C}f\rr"

    /// Dialects of C and its heirs that differ for text whose only controls are tabs and line ends.
    ///
    /// The later ones are those of single quotes in Perl and PHP, and of SQL.
    static let plainBackslash: [SecretEncoder] = quoteSets.flatMap { quoted in
        [allLetters, "", "\nn\rr\u{0}0\u{1A}Z"].map { letters in
            BackslashStyle(
                quoted: quoted,
                letters: BackslashStyle.letters(letters),
                control: .raw
            ).encoder(.backslash)
        }
    }

    /// All dialects of C and its heirs.
    static let allBackslash: [SecretEncoder] = quoteSets.flatMap { quoted in
        // C, Go and JavaScript; Python and Rust; those without \a; bytes.
        [allLetters, "\tt\nn\rr", "\u{8}b\tt\nn\u{B}v\u{C}f\rr", ""].flatMap { letters in
            numbers.flatMap { control, nonASCII in
                [false, true].map { isUpper in
                    BackslashStyle(
                        quoted: quoted,
                        letters: BackslashStyle.letters(letters),
                        control: control,
                        delete: control,
                        nonASCII: nonASCII,
                        numbersSeparators: control != .octal,
                        isUpper: isUpper
                    ).encoder(.backslash)
                }
            }
        }
    }

    /// How control characters and what is not ASCII are written together.
    private static let numbers:
        [(control: BackslashStyle.Number, nonASCII: BackslashStyle.Number)] =
            [
                (.octal, .raw), (.octal, .octal), (.hex, .raw), (.hex, .hex), (.hex, .unicode),
                (.hex, .shortest), (.braced, .raw), (.braced, .braced), (.utf16, .raw),
            ]

    /// As Java's `Properties.store` writes values.
    static let properties = BackslashStyle(quoted: "=:#!\\", nonASCII: .utf16, isUpper: true)
        .encoder(.backslash)

    /// Quoted as regular expressions.
    static let patterns: [SecretEncoder] = [
        BackslashStyle(quoted: "\\.+*?()|[]{}^$", letters: [:], control: .raw),
        BackslashStyle(quoted: "\\.+*?()|[]{}^$/", letters: [:], control: .raw),
        BackslashStyle(quoted: "\\.+*?()|[]{}^$ #&-~\t\n\r\u{B}\u{C}", letters: [:], control: .raw),
    ].map { $0.encoder(.backslash) }

    /// Each byte as an octal number.
    static let octalBytes = SecretEncoder(encoding: .backslash) { bytes, output in
        for index in bytes.indices { output.appendOctal(bytes[index], hasBackslash: index > 0) }
    }

    /// Each byte as `\x..`.
    static let backslashBytes = [false, true].map {
        hex(isUpper: $0, prefix: "\\x", as: .backslash)
    }
}
