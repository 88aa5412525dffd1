// SPDX-License-Identifier: Apache-2.0

/// Reads a JSON text token by token: strictly RFC 8259, in one pass, without recursion.
///
/// Several values may follow each other, as in a stream of JSON documents; a caller that wants exactly
/// one checks for it. Memory is what the current token and the nesting take.
package struct JSONReader: Sendable {
    /// What the innermost open array or object waits for.
    private enum Expectation {
        case firstElement
        case separatorOrEndOfArray
        case firstKey
        case value
        case separatorOrEndOfObject
    }

    /// How many arrays and objects may be open at once.
    package static let defaultDepthLimit = 1000

    let bytes: [UInt8]
    var position = 0
    private var open: [Expectation] = []
    private let depthLimit: Int

    package init(_ bytes: [UInt8], depthLimit: Int = JSONReader.defaultDepthLimit) {
        self.bytes = bytes
        self.depthLimit = depthLimit
    }

    /// How many arrays and objects are open.
    package var depth: Int { open.count }

    /// The next token; `nil` at the end of the text.
    ///
    /// After an error the reader must not be used any more.
    package mutating func next() throws(JSONError) -> JSONToken? {
        skipWhitespace()
        guard let byte = peek() else {
            if open.isEmpty { return nil }
            throw JSONError(at: position, "the text ends inside \(innermost)")
        }
        switch open.last {
        case nil: return try value(byte)
        case .firstElement:
            if byte == UInt8(ascii: "]") { return close(.endArray) }
            return try element(byte)
        case .separatorOrEndOfArray:
            if byte == UInt8(ascii: "]") { return close(.endArray) }
            return try element(afterComma(byte, "`,` or `]`"))
        case .firstKey:
            if byte == UInt8(ascii: "}") { return close(.endObject) }
            return try key(byte)
        case .value:
            open[open.count - 1] = .separatorOrEndOfObject
            return try value(byte)
        case .separatorOrEndOfObject:
            if byte == UInt8(ascii: "}") { return close(.endObject) }
            return try key(afterComma(byte, "`,` or `}`"))
        }
    }

    private var innermost: String {
        switch open.last {
        case .firstElement, .separatorOrEndOfArray: "an array"
        default: "an object"
        }
    }

    private mutating func afterComma(_ byte: UInt8, _ wanted: String) throws(JSONError) -> UInt8 {
        guard byte == UInt8(ascii: ",") else { throw unexpected(byte, wanted: wanted) }
        position += 1
        skipWhitespace()
        guard let next = peek() else {
            throw JSONError(at: position, "the text ends inside \(innermost)")
        }
        return next
    }

    private mutating func element(_ byte: UInt8) throws(JSONError) -> JSONToken {
        open[open.count - 1] = .separatorOrEndOfArray
        return try value(byte)
    }

    private mutating func key(_ byte: UInt8) throws(JSONError) -> JSONToken {
        guard byte == UInt8(ascii: "\"") else { throw unexpected(byte, wanted: "a name in quotes") }
        let start = position
        let name = try readString()
        skipWhitespace()
        guard let colon = peek() else {
            throw JSONError(at: position, "the text ends after a name")
        }
        guard colon == UInt8(ascii: ":") else { throw unexpected(colon, wanted: "`:`") }
        position += 1
        open[open.count - 1] = .value
        return JSONToken(.key(name), at: start)
    }

    private mutating func value(_ byte: UInt8) throws(JSONError) -> JSONToken {
        let start = position
        switch byte {
        case UInt8(ascii: "{"): return try enter(.firstKey, .beginObject)
        case UInt8(ascii: "["): return try enter(.firstElement, .beginArray)
        case UInt8(ascii: "\""): return JSONToken(.string(try readString()), at: start)
        case UInt8(ascii: "t"): return try word("true", .bool(true))
        case UInt8(ascii: "f"): return try word("false", .bool(false))
        case UInt8(ascii: "n"): return try word("null", .null)
        case UInt8(ascii: "-"), UInt8(ascii: "0")...UInt8(ascii: "9"):
            return JSONToken(.number(try readNumber()), at: start)
        default: throw unexpected(byte, wanted: "a value")
        }
    }

    private mutating func enter(
        _ expectation: Expectation,
        _ kind: JSONToken.Kind
    ) throws(JSONError) -> JSONToken {
        if open.count >= depthLimit {
            throw JSONError(at: position, "more than \(depthLimit) levels of nesting")
        }
        open.append(expectation)
        position += 1
        return JSONToken(kind, at: position - 1)
    }

    private mutating func close(_ kind: JSONToken.Kind) -> JSONToken {
        open.removeLast()
        position += 1
        return JSONToken(kind, at: position - 1)
    }

    private mutating func word(
        _ text: String,
        _ kind: JSONToken.Kind
    ) throws(JSONError) -> JSONToken {
        let start = position
        for byte in text.utf8 {
            guard peek() == byte else { throw JSONError(at: start, "expected a value") }
            position += 1
        }
        return JSONToken(kind, at: start)
    }
}

extension JSONReader {
    func peek() -> UInt8? { position < bytes.count ? bytes[position] : nil }

    private static func isWhitespace(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x0a || byte == 0x0d || byte == 0x09
    }

    mutating func skipWhitespace() {
        while position < bytes.count, Self.isWhitespace(bytes[position]) {
            position += 1
        }
    }

    func unexpected(_ byte: UInt8, wanted: String) -> JSONError {
        let found =
            switch byte {
            case 0x21...0x7e: "`\(Character(Unicode.Scalar(byte)))`"
            case 0x20: "a space"
            default: "byte 0x" + String(byte, radix: 16)
            }
        return JSONError(at: position, "expected \(wanted), found \(found)")
    }
}
