// SPDX-License-Identifier: Apache-2.0
import Cryptography

/// Reads `.env` files, values into locked memory.
///
/// A line is `NAME=VALUE`, with `export` before it if one likes; `#` starts a comment, in an unquoted value
/// only after white space. In single quotes everything stands for itself; in double quotes `\n`, `\r`, `\t`,
/// `\"`, `\\` and `\$` are escapes; both may span lines. `$NAME` is not expanded.
struct DotEnv {
    struct Entry: Sendable {
        var name: String
        var value: StoreValue
        /// Where the name starts.
        var offset: Int
    }

    struct Problem: Error {
        var offset: Int
        var message: String
    }

    private(set) var entries: [Entry] = []
    private(set) var problems: [Problem] = []
    private var offset = 0

    /// Reads all lines; a line that cannot be read is noted and the next one tried.
    static func parse(_ text: Span<UInt8>) throws(CryptographyError) -> DotEnv {
        var reader = DotEnv()
        while reader.offset < text.count {
            do {
                try reader.readEntry(text)
            } catch let problem as Problem {
                reader.problems.append(problem)
                reader.skipLine(text)
            } catch let error as CryptographyError {
                throw error
            } catch {
                preconditionFailure("reading a line throws its own errors only: \(error)")
            }
        }
        return reader
    }

    private mutating func readEntry(_ text: Span<UInt8>) throws {
        skipBlanks(text)
        guard let first = peek(text), first != 0x0a, first != UInt8(ascii: "#") else {
            return skipLine(text)
        }
        var start = offset
        var name = readName(text)
        if name == "export", let next = peek(text), Self.isBlank(next) {
            skipBlanks(text)
            start = offset
            name = readName(text)
        }
        if name.isEmpty {
            throw problem("expected NAME=VALUE, with a name of letters, digits, `_`")
        }
        skipBlanks(text)
        guard peek(text) == UInt8(ascii: "=") else {
            throw problem("`=` is missing after `\(name)`")
        }
        offset += 1
        skipBlanks(text)
        let value = try readValue(text, of: name)
        entries.append(Entry(name: name, value: StoreValue(value), offset: start))
    }

    private mutating func readName(_ text: Span<UInt8>) -> String {
        var name: [UInt8] = []
        while let byte = peek(text), Self.isNameByte(byte) {
            name.append(byte)
            offset += 1
        }
        if let first = name.first, (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(first) {
            return ""
        }
        return String(decoding: name, as: UTF8.self)
    }

    private mutating func readValue(_ text: Span<UInt8>, of name: String) throws -> LockedBytes {
        guard let quote = peek(text), quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'")
        else {
            return try readUnquoted(text)
        }
        let start = offset
        var writer = try LockedWriter(capacity: 64)
        offset += 1
        while let byte = peek(text), byte != quote {
            if quote == UInt8(ascii: "\""), byte == UInt8(ascii: "\\"),
                let plain = escape(text)
            {
                try writer.append(plain)
                offset += 2
            } else {
                try writer.append(byte)
                offset += 1
            }
        }
        if peek(text) == nil {
            // The lines after this one may be well.
            offset = start
            throw problem("the quote does not end")
        }
        offset += 1
        skipBlanks(text)
        if let next = peek(text), next != 0x0a, next != UInt8(ascii: "#") {
            throw problem("something follows the quoted value of `\(name)`")
        }
        skipLine(text)
        return writer.finish()
    }

    private func escape(_ text: Span<UInt8>) -> UInt8? {
        guard offset + 1 < text.count else { return nil }
        let letter = text[offset + 1]
        return switch letter {
        case UInt8(ascii: "n"): 0x0a
        case UInt8(ascii: "r"): 0x0d
        case UInt8(ascii: "t"): 0x09
        case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "$"): letter
        default: nil
        }
    }

    private mutating func readUnquoted(_ text: Span<UInt8>) throws -> LockedBytes {
        let start = offset
        var end = offset
        while let byte = peek(text), byte != 0x0a {
            let isComment =
                byte == UInt8(ascii: "#") && offset > start && Self.isBlank(text[offset - 1])
            if isComment { break }
            offset += 1
            if !Self.isBlank(byte) { end = offset }
        }
        skipLine(text)
        return try LockedBytes(copying: text.extracting(start..<end))
    }

    private func peek(_ text: Span<UInt8>) -> UInt8? {
        offset < text.count ? text[offset] : nil
    }

    private mutating func skipBlanks(_ text: Span<UInt8>) {
        while let byte = peek(text), Self.isBlank(byte) { offset += 1 }
    }

    private mutating func skipLine(_ text: Span<UInt8>) {
        while let byte = peek(text) {
            offset += 1
            if byte == 0x0a { return }
        }
    }

    private func problem(_ message: String) -> Problem { Problem(offset: offset, message: message) }

    private static func isBlank(_ byte: UInt8) -> Bool {
        byte == 0x20 || byte == 0x09 || byte == 0x0d
    }

    private static func isNameByte(_ byte: UInt8) -> Bool {
        KubernetesName.isDataKeyByte(byte)
    }
}
