// SPDX-License-Identifier: Apache-2.0

extension JSONValue {
    /// How a value is laid out.
    package enum Layout: Sendable {
        /// On one line, without spaces.
        case compact
        /// Four spaces a level, `": "` after names, as `kubectl -o json` prints; no newline at the end.
        case indented
    }

    /// The value as JSON text in UTF-8, members sorted by the bytes of their names.
    ///
    /// Characters outside ASCII stand as they are; nothing is escaped for HTML. Only what RFC 8259 demands
    /// is escaped, and U+007F, so that no control character reaches a terminal.
    package func serialize(_ layout: Layout = .compact) -> [UInt8] {
        var output: [UInt8] = []
        write(to: &output, layout, level: 0)
        return output
    }

    private func write(to output: inout [UInt8], _ layout: Layout, level: Int) {
        switch self {
        case .null: output += "null".utf8
        case .bool(let value): output += (value ? "true" : "false").utf8
        case .number(let text): output += text.utf8
        case .string(let text): Self.writeString(text, to: &output)
        case .array(let elements):
            Self.writeList(elements, "[]", to: &output, layout, level) { element, output in
                element.write(to: &output, layout, level: level + 1)
            }
        case .object(let members):
            let sorted = members.sorted { $0.key.utf8.lexicographicallyPrecedes($1.key.utf8) }
            Self.writeList(sorted, "{}", to: &output, layout, level) { member, output in
                Self.writeString(member.key, to: &output)
                output += (layout == .compact ? ":" : ": ").utf8
                member.value.write(to: &output, layout, level: level + 1)
            }
        }
    }

    private static func writeList<Element>(
        _ elements: [Element],
        _ brackets: String,
        to output: inout [UInt8],
        _ layout: Layout,
        _ level: Int,
        _ writeElement: (Element, inout [UInt8]) -> Void
    ) {
        if elements.isEmpty {
            output += brackets.utf8
            return
        }
        output += brackets.utf8.prefix(1)
        for (index, element) in elements.enumerated() {
            if index > 0 { output.append(UInt8(ascii: ",")) }
            breakLine(to: &output, layout, level + 1)
            writeElement(element, &output)
        }
        breakLine(to: &output, layout, level)
        output += brackets.utf8.suffix(1)
    }

    private static func breakLine(to output: inout [UInt8], _ layout: Layout, _ level: Int) {
        if layout == .compact { return }
        output.append(0x0a)
        output += repeatElement(0x20, count: 4 * level)
    }

    private static func writeString(_ text: String, to output: inout [UInt8]) {
        let digits = Array("0123456789abcdef".utf8)
        output.append(UInt8(ascii: "\""))
        for byte in text.utf8 {
            switch byte {
            case UInt8(ascii: "\""): output += "\\\"".utf8
            case UInt8(ascii: "\\"): output += "\\\\".utf8
            case 0x0a: output += "\\n".utf8
            case 0x0d: output += "\\r".utf8
            case 0x09: output += "\\t".utf8
            case 0..<0x20, 0x7f:
                output += "\\u00".utf8
                output.append(digits[Int(byte >> 4)])
                output.append(digits[Int(byte & 15)])
            default: output.append(byte)
            }
        }
        output.append(UInt8(ascii: "\""))
    }
}
