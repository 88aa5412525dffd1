// SPDX-License-Identifier: Apache-2.0

// Strings and numbers: RFC 8259 sections 6 and 7.
extension JSONReader {
    /// Reads a string whose opening quote is at `position`, unescaped.
    mutating func readString() throws(JSONError) -> String {
        let start = position
        position += 1
        var text: [UInt8] = []
        while let byte = peek() {
            switch byte {
            case UInt8(ascii: "\""):
                position += 1
                guard let string = String(validating: text, as: UTF8.self) else {
                    throw JSONError(at: start, "a string is not UTF-8")
                }
                return string
            case UInt8(ascii: "\\"): try readEscape(into: &text)
            case 0..<0x20:
                throw JSONError(at: position, "a string holds an unescaped control character")
            default:
                text.append(byte)
                position += 1
            }
        }
        throw JSONError(at: start, "a string is not closed")
    }

    private mutating func readEscape(into text: inout [UInt8]) throws(JSONError) {
        let start = position
        position += 1
        guard let byte = peek() else { throw JSONError(at: start, "a string is not closed") }
        position += 1
        switch byte {
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): text.append(byte)
        case UInt8(ascii: "b"): text.append(0x08)
        case UInt8(ascii: "f"): text.append(0x0c)
        case UInt8(ascii: "n"): text.append(0x0a)
        case UInt8(ascii: "r"): text.append(0x0d)
        case UInt8(ascii: "t"): text.append(0x09)
        case UInt8(ascii: "u"): text += try readUnicodeEscape(from: start).utf8
        default: throw JSONError(at: start, "an unknown escape")
        }
    }

    /// Reads what follows `\u`: one code unit, or a pair of surrogates.
    private mutating func readUnicodeEscape(from start: Int) throws(JSONError) -> String {
        let unit = try readHexadecimal(from: start)
        if let scalar = Unicode.Scalar(unit) { return String(scalar) }
        guard unit < 0xdc00, peek() == UInt8(ascii: "\\"), position + 1 < bytes.count,
            bytes[position + 1] == UInt8(ascii: "u")
        else { throw JSONError(at: start, "half of a surrogate pair stands alone") }
        position += 2
        let low = try readHexadecimal(from: start)
        guard (0xdc00...0xdfff).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xd800) << 10 + (low - 0xdc00))
        else { throw JSONError(at: start, "half of a surrogate pair stands alone") }
        return String(scalar)
    }

    private mutating func readHexadecimal(from start: Int) throws(JSONError) -> UInt32 {
        var value: UInt32 = 0
        for _ in 0..<4 {
            guard let byte = peek(), let digit = Character(Unicode.Scalar(byte)).hexDigitValue
            else {
                throw JSONError(at: start, "`\\u` needs four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
            position += 1
        }
        return value
    }

    /// Reads a number whose first byte, a digit or `-`, is at `position`.
    mutating func readNumber() throws(JSONError) -> String {
        let start = position
        if peek() == UInt8(ascii: "-") { position += 1 }
        if peek() == UInt8(ascii: "0") { position += 1 } else { try readDigits() }
        if peek() == UInt8(ascii: ".") {
            position += 1
            try readDigits()
        }
        if peek() == UInt8(ascii: "e") || peek() == UInt8(ascii: "E") {
            position += 1
            if peek() == UInt8(ascii: "+") || peek() == UInt8(ascii: "-") { position += 1 }
            try readDigits()
        }
        if let byte = peek(), isPartOfNumber(byte) {
            throw unexpected(byte, wanted: "the end of a number")
        }
        return String(decoding: bytes[start..<position], as: UTF8.self)
    }

    private mutating func readDigits() throws(JSONError) {
        guard let first = peek(), isDigit(first) else {
            throw JSONError(at: position, "a number lacks a digit")
        }
        while let byte = peek(), isDigit(byte) { position += 1 }
    }

    private func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    /// What would make the number a different one: `01`, `1.2.3`, `1x`.
    private func isPartOfNumber(_ byte: UInt8) -> Bool {
        isDigit(byte) || byte == UInt8(ascii: ".") || byte >= 0x80
            || (UInt8(ascii: "a")...UInt8(ascii: "z")).contains(byte | 0x20)
    }
}
