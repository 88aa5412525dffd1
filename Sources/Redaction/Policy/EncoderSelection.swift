// SPDX-License-Identifier: Apache-2.0

/// Which encoders a value is given to.
enum EncoderSelection {
    /// For values and lines.
    static func usual(for traits: ValueTraits) -> [SecretEncoder] {
        if traits.isPlain { return always }
        return traits.hasSpecials ? usualWithSpecials : usualWithout
    }

    /// For whole values only.
    static func rare(for traits: ValueTraits) -> [SecretEncoder] {
        traits.isPlain ? rarePlain : rareOthers
    }

    /// The inner of two encodings.
    static func nested(for traits: ValueTraits) -> [SecretEncoder] {
        traits.hasSpecials ? nestedWithSpecials : nestedWithout
    }

    private static let nestedWithout: [SecretEncoder] =
        [.json, .htmlSafeJSON] + SecretEncoder.shell + [.xml, .url, .json.then(.json)]

    private static let nestedWithSpecials: [SecretEncoder] =
        nestedWithout + SecretEncoder.asciiJSON + SecretEncoder.asciiJSON.map { $0.then(.json) }

    /// The outer of two encodings.
    static let nesting: [SecretEncoder] =
        [.json, .htmlSafeJSON] + SecretEncoder.shell + [.xml, .url] + BitEncoder.base64.encoders
        + BitEncoder.base64url.encoders

    private static let always: [SecretEncoder] =
        BitEncoder.base64.encoders + BitEncoder.base64url.encoders
        + [.hex(isUpper: false), .hex(isUpper: true)] + SecretEncoder.patterns

    private static let common: [SecretEncoder] =
        always + SecretEncoder.allURL + SecretEncoder.allXML + SecretEncoder.doubleXML
        + SecretEncoder.shell
        + [.singleQuotedByRuns, .properties] + SecretEncoder.doubled + SecretEncoder.otherShells + [
            .workflowCommand, .echoed,
        ]

    private static let usualWithout: [SecretEncoder] =
        common + SecretEncoder.plainJSON + SecretEncoder.plainBackslash

    private static let usualWithSpecials: [SecretEncoder] =
        common + SecretEncoder.allJSON + SecretEncoder.plainBackslash + SecretEncoder.allBackslash
        + SecretEncoder.asciiXML + [.replaced, .latin1]

    private static let rarePlain: [SecretEncoder] =
        BitEncoder.base32.encoders + SecretEncoder.backslashBytes + [.octalBytes]
        + SecretEncoder.percentBytes
        + [":", " ", "-"].flatMap { separator in
            [false, true].map { .hex(isUpper: $0, separator: separator) }
        }
        + [false, true].flatMap { isUpper in
            [", ", ","].map { .hex(isUpper: isUpper, prefix: "0x", separator: $0) }
        }
        + [" ", ", ", ","].map { .decimal(separator: $0) }

    private static let rareOthers: [SecretEncoder] =
        rarePlain + SecretEncoder.numericXML + SecretEncoder.quotedPrintable
        + SecretEncoder.dollarQuoted + SecretEncoder.splitDollarQuoted
}
