// SPDX-License-Identifier: Apache-2.0

/// Makes text from a file safe to print: it can neither move a terminal's cursor nor reorder a line.
package enum PrintableText {
    /// Whether a character only ever prints itself.
    static func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
        switch scalar.properties.generalCategory {
        case .control, .format, .lineSeparator, .paragraphSeparator, .surrogate: false
        default: true
        }
    }

    /// The text with every control, formatting and line-breaking character as `\u{1b}`, line feeds as `\n`.
    package static func escape(_ text: String) -> String {
        if text.unicodeScalars.allSatisfy(isHarmless) { return text }
        var escaped = ""
        for scalar in text.unicodeScalars {
            switch scalar {
            case "\n": escaped += "\\n"
            case "\t": escaped += "\\t"
            case _ where isHarmless(scalar): escaped.unicodeScalars.append(scalar)
            default: escaped += "\\u{" + String(scalar.value, radix: 16) + "}"
            }
        }
        return escaped
    }
}
