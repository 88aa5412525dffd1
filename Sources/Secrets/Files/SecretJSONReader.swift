// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// Reads JSON by recursive descent; the text is lent to each step, as a span cannot be kept.
struct SecretJSONReader {
    private(set) var offset = 0
    private static let depthLimit = 64

    mutating func skipSpace(_ bytes: Span<UInt8>) {
        while offset < bytes.count, [0x20, 0x09, 0x0a, 0x0d].contains(bytes[offset]) {
            offset += 1
        }
    }

    mutating func value(
        _ bytes: Span<UInt8>,
        depth: Int
    ) throws(SecretJSON.Failure) -> SecretJSON {
        skipSpace(bytes)
        if depth > Self.depthLimit { throw malformed("too many levels of nesting") }
        guard offset < bytes.count else { throw malformed("a value is missing") }
        switch bytes[offset] {
        case UInt8(ascii: "{"): return .object(try members(bytes, depth: depth))
        case UInt8(ascii: "["): return .array(try elements(bytes, depth: depth))
        case UInt8(ascii: "\""): return .string(StoreValue(try string(bytes)))
        case UInt8(ascii: "t"): return try word("true", bytes, .bool(true))
        case UInt8(ascii: "f"): return try word("false", bytes, .bool(false))
        case UInt8(ascii: "n"): return try word("null", bytes, .null)
        default: return try number(bytes)
        }
    }

    private mutating func members(
        _ bytes: Span<UInt8>,
        depth: Int
    ) throws(SecretJSON.Failure) -> [SecretJSON.Member] {
        var members: [SecretJSON.Member] = []
        offset += 1
        if skip(UInt8(ascii: "}"), bytes) { return members }
        repeat {
            skipSpace(bytes)
            let start = offset
            guard start < bytes.count, bytes[start] == UInt8(ascii: "\"") else {
                throw malformed("the name of a member is missing")
            }
            let name = try name(bytes)
            if !skip(UInt8(ascii: ":"), bytes) { throw malformed("`:` is missing") }
            let value = try value(bytes, depth: depth + 1)
            members.append(SecretJSON.Member(name: name, value: value, offset: start))
        } while skip(UInt8(ascii: ","), bytes)
        if !skip(UInt8(ascii: "}"), bytes) { throw malformed("`,` or `}` is missing") }
        return members
    }

    private mutating func elements(
        _ bytes: Span<UInt8>,
        depth: Int
    ) throws(SecretJSON.Failure) -> [SecretJSON] {
        var elements: [SecretJSON] = []
        offset += 1
        if skip(UInt8(ascii: "]"), bytes) { return elements }
        repeat {
            elements.append(try value(bytes, depth: depth + 1))
        } while skip(UInt8(ascii: ","), bytes)
        if !skip(UInt8(ascii: "]"), bytes) { throw malformed("`,` or `]` is missing") }
        return elements
    }

    private mutating func name(_ bytes: Span<UInt8>) throws(SecretJSON.Failure) -> String {
        let start = offset
        let text = try string(bytes)
        let utf8 = text.withBytes { bytes in bytes.indices.map { bytes[$0] } }
        guard let name = String(validating: utf8, as: UTF8.self) else {
            throw .malformed(offset: start, "a member's name is not UTF-8")
        }
        return name
    }

    private mutating func skip(_ byte: UInt8, _ bytes: Span<UInt8>) -> Bool {
        skipSpace(bytes)
        guard offset < bytes.count, bytes[offset] == byte else { return false }
        offset += 1
        return true
    }

    private mutating func word(
        _ word: String,
        _ bytes: Span<UInt8>,
        _ value: SecretJSON
    ) throws(SecretJSON.Failure) -> SecretJSON {
        for byte in word.utf8 {
            guard offset < bytes.count, bytes[offset] == byte else {
                throw malformed("no JSON value starts so")
            }
            offset += 1
        }
        return value
    }

    private mutating func number(_ bytes: Span<UInt8>) throws(SecretJSON.Failure) -> SecretJSON {
        let minus = UInt8(ascii: "-")
        let first = offset
        if bytes[offset] == minus { offset += 1 }
        let start = offset
        let whole = digits(bytes)
        if whole == 0 { throw malformed("no JSON value starts so") }
        if whole > 1, bytes[start] == UInt8(ascii: "0") {
            throw malformed("a number starts with 0")
        }
        if offset < bytes.count, bytes[offset] == UInt8(ascii: ".") {
            offset += 1
            if digits(bytes) == 0 { throw malformed("a digit is missing") }
        }
        if offset < bytes.count, bytes[offset] | 0x20 == UInt8(ascii: "e") {
            offset += 1
            if offset < bytes.count, bytes[offset] == minus || bytes[offset] == UInt8(ascii: "+") {
                offset += 1
            }
            if digits(bytes) == 0 { throw malformed("a digit is missing") }
        }
        do {
            return .number(StoreValue(try LockedBytes(copying: bytes.extracting(first..<offset))))
        } catch {
            throw .cryptography(error)
        }
    }

    private mutating func digits(_ bytes: Span<UInt8>) -> Int {
        let start = offset
        while offset < bytes.count,
            (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(bytes[offset])
        {
            offset += 1
        }
        return offset - start
    }

    func malformed(_ message: String) -> SecretJSON.Failure {
        .malformed(offset: offset, message)
    }

    /// Steps over `count` bytes.
    mutating func advance(_ count: Int = 1) { offset += count }
}
