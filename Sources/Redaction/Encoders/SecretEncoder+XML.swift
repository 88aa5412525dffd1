// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension SecretEncoder {
    /// `&`, `<`, `>` and both quotes by name.
    static let xml = references(["\"": "&quot;", "'": "&apos;"])

    /// The dialects of XML and HTML writers.
    static let allXML: [SecretEncoder] = {
        var forms: [SecretEncoder] = []
        for double in ["\"", "&quot;", "&#34;", "&#x22;"] {
            for single in ["'", "&apos;", "&#39;", "&#x27;", "&#039;"] {
                forms.append(references(["\"": double, "'": single]))
            }
        }
        // underscore and lodash; mustache and handlebars.
        forms.append(references(["\"": "&quot;", "'": "&#x27;", "`": "&#x60;"]))
        forms.append(
            references(["\"": "&quot;", "'": "&#39;", "`": "&#x60;", "=": "&#x3D;", "/": "&#x2F;"])
        )
        forms.append(
            references(["\"": "&quot;", "'": "&#x27;", "`": "&#x60;", "=": "&#x3D;", "/": "&#x2F;"])
        )
        // Line ends and tabs in attributes.
        forms.append(references(["\"": "&quot;", "\n": "&#10;", "\r": "&#13;", "\t": "&#9;"]))
        forms.append(references(["\"": "&quot;", "\n": "&#xA;", "\r": "&#xD;", "\t": "&#x9;"]))
        return forms
    }()

    /// Character references in text whose `&` became references, too.
    static let doubleXML: [SecretEncoder] = {
        let text = references([:])
        return [
            text, xml, references(["\"": "&quot;"]), references(["\"": "&quot;", "'": "&#39;"]),
            references(["\"": "&quot;", "'": "&#x27;"]), references(["\"": "&#34;", "'": "&#39;"]),
        ].map { $0.then(text) }
    }()

    /// Everything but letters and digits as numbers.
    static let numericXML = [
        numbered(isHex: false, isUpper: false), numbered(isHex: true, isUpper: false),
        numbered(isHex: true, isUpper: true),
    ]

    /// Non-ASCII characters as numbers, the rest by name.
    static let asciiXML = [false, true].map { isHex in
        SecretEncoder(encoding: .xml) { bytes, output in
            forEachScalar(of: bytes) { scalar, range in
                if scalar >= 0x80 { return writeNumber(scalar, isHex, false, to: &output) }
                writeReference(bytes[range.lowerBound], named, to: &output)
            }
        }
    }

    private static let named: [UInt8: String] = [
        UInt8(ascii: "&"): "&amp;", UInt8(ascii: "<"): "&lt;", UInt8(ascii: ">"): "&gt;",
        UInt8(ascii: "\""): "&quot;", UInt8(ascii: "'"): "&#39;",
    ]

    private static func references(_ others: [String: String]) -> SecretEncoder {
        var table = named
        table[UInt8(ascii: "\"")] = nil
        table[UInt8(ascii: "'")] = nil
        for (character, reference) in others { table[Array(character.utf8)[0]] = reference }
        let references = table
        return SecretEncoder(encoding: .xml) { bytes, output in
            for index in bytes.indices { writeReference(bytes[index], references, to: &output) }
        }
    }

    private static func writeReference(
        _ byte: UInt8,
        _ references: [UInt8: String],
        to output: inout LockedBuffer
    ) {
        if let reference = references[byte] {
            output.append(reference)
        } else {
            output.append(byte)
        }
    }

    private static func numbered(isHex: Bool, isUpper: Bool) -> SecretEncoder {
        SecretEncoder(encoding: .xml) { bytes, output in
            forEachScalar(of: bytes) { scalar, range in
                let isPlain = scalar < 0x80 && ByteSet.alphanumeric.contains(UInt8(scalar))
                if isPlain {
                    output.append(bytes[range.lowerBound])
                } else {
                    writeNumber(scalar, isHex, isUpper, to: &output)
                }
            }
        }
    }

    private static func writeNumber(
        _ scalar: UInt32,
        _ isHex: Bool,
        _ isUpper: Bool,
        to output: inout LockedBuffer
    ) {
        output.append(isHex ? "&#x" : "&#")
        output.append(String(scalar, radix: isHex ? 16 : 10, uppercase: isUpper))
        output.append(";")
    }

    private static func forEachScalar(
        of bytes: Span<UInt8>,
        _ body: (UInt32, Range<Int>) -> Void
    ) {
        var index = 0
        while index < bytes.count {
            let (value, count) = bytes.scalar(at: index) ?? (0xFFFD, 1)
            body(value, index..<index + count)
            index += count
        }
    }
}
