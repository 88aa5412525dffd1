// SPDX-License-Identifier: Apache-2.0
import Cryptography

extension SecretJSONReader {
    /// Reads a string, its escapes undone, into locked memory.
    mutating func string(_ bytes: Span<UInt8>) throws(SecretJSON.Failure) -> LockedBytes {
        do {
            return try decodeString(bytes)
        } catch let error as CryptographyError {
            throw .cryptography(error)
        } catch let error as SecretJSON.Failure {
            throw error
        } catch {
            throw malformed("a string cannot be read")
        }
    }

    private mutating func decodeString(_ bytes: Span<UInt8>) throws -> LockedBytes {
        advance()
        var end = offset
        while end < bytes.count, bytes[end] != UInt8(ascii: "\"") {
            end += bytes[end] == UInt8(ascii: "\\") ? 2 : 1
        }
        var writer = try LockedWriter(capacity: max(0, end - offset))
        while offset < bytes.count {
            let byte = bytes[offset]
            switch byte {
            case UInt8(ascii: "\""):
                advance()
                return try checked(writer.finish())
            case UInt8(ascii: "\\"): try unescape(bytes, into: &writer)
            case 0..<0x20: throw malformed("a string holds a control character")
            default:
                try writer.append(byte)
                advance()
            }
        }
        throw malformed("a string does not end")
    }

    private func checked(_ text: consuming LockedBytes) throws -> LockedBytes {
        let isText = text.withBytes { bytes in (try? UTF8Span(validating: bytes)) != nil }
        if !isText { throw malformed("a string is not UTF-8") }
        return text
    }

    private mutating func unescape(
        _ bytes: Span<UInt8>,
        into writer: inout LockedWriter
    ) throws {
        guard offset + 1 < bytes.count else { throw malformed("a string does not end") }
        let letter = bytes[offset + 1]
        let plain: UInt8? =
            switch letter {
            case UInt8(ascii: "n"): 0x0a
            case UInt8(ascii: "t"): 0x09
            case UInt8(ascii: "r"): 0x0d
            case UInt8(ascii: "b"): 0x08
            case UInt8(ascii: "f"): 0x0c
            case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): letter
            default: nil
            }
        if let plain {
            try writer.append(plain)
            return advance(2)
        }
        if letter != UInt8(ascii: "u") { throw malformed("a string holds an unknown escape") }
        let scalar = try unicodeEscape(bytes)
        for unit in String(scalar).utf8 { try writer.append(unit) }
    }

    /// Reads `\\uXXXX`, or a surrogate pair of them.
    private mutating func unicodeEscape(_ bytes: Span<UInt8>) throws -> Unicode.Scalar {
        let first = try unit(bytes)
        advance(6)
        if let scalar = Unicode.Scalar(first) { return scalar }
        guard (0xd800..<0xdc00).contains(first), offset + 1 < bytes.count,
            bytes[offset] == UInt8(ascii: "\\"), bytes[offset + 1] == UInt8(ascii: "u")
        else { throw malformed("a string holds half of a surrogate pair") }
        let second = try unit(bytes)
        guard (0xdc00..<0xe000).contains(second),
            let scalar = Unicode.Scalar(0x10000 + (first - 0xd800) << 10 + (second - 0xdc00))
        else { throw malformed("a string holds half of a surrogate pair") }
        advance(6)
        return scalar
    }

    private func unit(_ bytes: Span<UInt8>) throws -> UInt32 {
        guard offset + 6 <= bytes.count else { throw malformed("a string does not end") }
        var value: UInt32 = 0
        for index in offset + 2..<offset + 6 {
            let character = Character(UnicodeScalar(bytes[index]))
            guard bytes[index] < 0x80, let digit = character.hexDigitValue else {
                throw malformed("`\\u` takes four hexadecimal digits")
            }
            value = value << 4 | UInt32(digit)
        }
        return value
    }
}
