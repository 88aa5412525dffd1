// SPDX-License-Identifier: Apache-2.0

extension Parser {
    mutating func literal() throws(Stop) -> Expression {
        let start = token.offset
        let isNegative = token.is("-") && [.integer, .double].contains(following.kind)
        if isNegative { advance() }
        let word = token
        switch word.kind {
        case .integer, .unsigned, .double, .string, .bytes:
            advance()
            return number(word, isNegative: isNegative, at: start)
                ?? text(word)
                ?? .literal(.null, at: start)
        case .symbol where ["true", "false", "null"].contains(word.text):
            advance()
            let value: CELValue = word.text == "null" ? .null : .bool(word.text == "true")
            return .literal(value, at: start)
        default:
            throw syntaxError("mismatched input '\(word.text)' expecting \(Self.whatMayStart)")
        }
    }

    private static let whatMayStart =
        "{'[', '{', '(', '.', '-', '!', 'true', 'false', 'null', NUM_FLOAT, NUM_INT, NUM_UINT, STRING,"
        + " BYTES, IDENTIFIER}"

    private mutating func number(_ word: Token, isNegative: Bool, at start: Int) -> Expression? {
        let sign = isNegative ? "-" : ""
        switch word.kind {
        case .integer:
            let isHex = word.text.hasPrefix("0x")
            let digits = isHex ? String(word.text.dropFirst(2)) : word.text
            guard let value = Int64(sign + digits, radix: isHex ? 16 : 10) else {
                report("invalid int literal", at: start)
                return nil
            }
            return .literal(.int(value), at: start)
        case .unsigned:
            let text = word.text.dropLast()
            let isHex = text.hasPrefix("0x")
            guard let value = UInt64(isHex ? text.dropFirst(2) : text, radix: isHex ? 16 : 10)
            else {
                report("invalid uint literal", at: start)
                return nil
            }
            return .literal(.uint(value), at: start)
        case .double:
            guard let value = Double(sign + word.text), value.isFinite else {
                report("invalid double literal", at: start)
                return nil
            }
            return .literal(.double(value), at: start)
        default: return nil
        }
    }

    private mutating func text(_ word: Token) -> Expression? {
        let value =
            switch word.kind {
            case .string: StringLiteral.string(word.text).map { CELValue.string($0) }
            case .bytes: StringLiteral.bytes(word.text).map { CELValue.bytes($0) }
            default: CELValue.null
            }
        if value == nil { report("unable to unescape string", at: word.offset) }
        return value.map { .literal($0, at: word.offset) }
    }
}
