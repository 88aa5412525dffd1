// SPDX-License-Identifier: Apache-2.0

/// Which encoders a value is given to.
enum EncoderSelection {
    /// For values and lines.
    static func encoders(for traits: ValueTraits, _ detail: FormDetail) -> [SecretEncoder] {
        switch detail {
        case .raw: []
        case .basic: basic
        case _ where traits.isPlain: always
        case .usual: usual
        case .full: traits.hasSpecials ? allWithSpecials : allWithout
        }
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

    private static let basic: [SecretEncoder] =
        BitEncoder.base64.encoders + BitEncoder.base64url.encoders
        + [.hex(isUpper: false), .json, .htmlSafeJSON]

    private static let usual: [SecretEncoder] =
        always + SecretEncoder.plainJSON + SecretEncoder.asciiJSON + SecretEncoder.shell
        + SecretEncoder.plainBackslash + [.xml, .url, .workflowCommand, .echoed, .json.then(.json)]

    private static let common: [SecretEncoder] =
        always + SecretEncoder.allURL + SecretEncoder.allXML + SecretEncoder.doubleXML
        + SecretEncoder.shell
        + [.singleQuotedByRuns, .properties] + SecretEncoder.doubled + SecretEncoder.otherShells + [
            .workflowCommand, .echoed,
        ]

    private static let allWithout: [SecretEncoder] =
        common + SecretEncoder.plainJSON + SecretEncoder.plainBackslash

    private static let allWithSpecials: [SecretEncoder] =
        common + SecretEncoder.allJSON + SecretEncoder.plainBackslash + SecretEncoder.allBackslash
        + SecretEncoder.asciiXML + SecretEncoder.replaced + [.latin1]

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
