// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// The bytes of a file, checked to be text, and what turns offsets into lines and columns.
final class SourceText {
    let file: String
    /// UTF-8 without a byte order mark; ends in a line feed, which `kubectl` too puts where it lacks (a
    /// literal block at the end of a file then keeps its own).
    let bytes: [UInt8]
    private let isASCII: Bool
    /// The byte offset at which each line starts; lines end at a line feed.
    private let lineStarts: [Int]
    /// The last character that was looked up; offsets are asked for in rising order.
    private var cursor = (character: 0, byte: 0)

    private init(file: String, bytes: [UInt8]) {
        self.file = file
        self.bytes = bytes
        isASCII = bytes.allSatisfy { $0 < 0x80 }
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == 0x0a { starts.append(index + 1) }
        lineStarts = starts
    }

    /// Where a byte stands.
    func location(ofByte offset: Int) -> SourceLocation {
        var low = 0
        var high = lineStarts.count
        while high - low > 1 {
            let middle = (low + high) / 2
            if lineStarts[middle] <= offset { low = middle } else { high = middle }
        }
        return SourceLocation(file: file, line: low + 1, column: offset - lineStarts[low] + 1)
    }

    /// Where the byte is that starts the `index`-th character, which is how libyaml counts.
    func byteOffset(ofCharacter index: Int) -> Int {
        if isASCII { return min(index, bytes.count) }
        if index < cursor.character { cursor = (0, 0) }
        while cursor.character < index && cursor.byte < bytes.count {
            cursor.byte += 1
            while cursor.byte < bytes.count && bytes[cursor.byte] & 0xc0 == 0x80 {
                cursor.byte += 1
            }
            cursor.character += 1
        }
        return cursor.byte
    }

    /// Where the `index`-th character stands.
    func location(ofCharacter index: Int) -> SourceLocation {
        location(ofByte: byteOffset(ofCharacter: index))
    }
}

extension SourceText {
    /// Directives are checked against each other one by one, so their number is bounded.
    private static let directiveLimit = 100

    /// Checks that a file can be read as YAML text at all.
    ///
    /// - Returns: the text, or what is wrong with the file.
    static func check(_ bytes: [UInt8], file: String) -> (text: SourceText?, problem: Diagnostic?) {
        let start = SourceLocation(file: file, line: 1, column: 1)
        if bytes.count > YAMLParser.byteLimit {
            let limit = YAMLParser.byteLimit >> 20
            return (nil, Diagnostic(at: start, "the file is larger than \(limit) MiB"))
        }
        if bytes.starts(with: [0xff, 0xfe]) || bytes.starts(with: [0xfe, 0xff]) {
            return (nil, Diagnostic(at: start, "the file is UTF-16", hint: "save it as UTF-8"))
        }
        let hasMark = bytes.starts(with: [0xef, 0xbb, 0xbf])
        var content = hasMark ? Array(bytes.dropFirst(3)) : bytes
        if let last = content.last, last != 0x0a { content.append(0x0a) }
        let text = SourceText(file: file, bytes: content)
        if let problem = text.findMalformedByte() ?? text.findDirectiveFlood() {
            return (nil, problem)
        }
        return (text, nil)
    }

    private func findMalformedByte() -> Diagnostic? {
        if let zero = bytes.firstIndex(of: 0) {
            return Diagnostic(
                at: location(ofByte: zero),
                "the file holds a NUL byte, so it is no text"
            )
        }
        guard !isASCII, let offset = Self.firstMalformedOffset(in: bytes) else { return nil }
        let byte = String(bytes[min(offset, bytes.count - 1)], radix: 16)
        return Diagnostic(
            at: location(ofByte: offset),
            "byte 0x\(byte) is not UTF-8",
            hint: "save the file as UTF-8"
        )
    }

    private static func firstMalformedOffset(in bytes: [UInt8]) -> Int? {
        let span = bytes.span
        do {
            _ = try UTF8Span(validating: span)
            return nil
        } catch {
            return error.byteOffsets.lowerBound
        }
    }

    private func findDirectiveFlood() -> Diagnostic? {
        let directives = lineStarts.filter { $0 < bytes.count && bytes[$0] == UInt8(ascii: "%") }
        if directives.count <= Self.directiveLimit { return nil }
        return Diagnostic(
            at: location(ofByte: directives[Self.directiveLimit]),
            "more than \(Self.directiveLimit) lines start with `%`"
        )
    }
}
