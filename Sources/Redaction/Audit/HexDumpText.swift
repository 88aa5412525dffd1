// SPDX-License-Identifier: Apache-2.0

/// The view of a text in which hex dumps are what they dump: `xxd`, `hexdump`, `hexdump -C`, `od -t x1`.
enum HexDumpText {
    /// A line of a dump shows at most so many bytes.
    private static let longestLine = 64
    /// Lines with fewer groups are no dump, unless they follow one.
    private static let fewestGroups = 4

    /// What the dumps show, one after another; `nil` where there is no dump.
    ///
    /// Two-byte groups are read in both byte orders, as `xxd` and plain `hexdump` differ in it.
    static func views(of text: Span<UInt8>) -> [AuditView] {
        var straight = AuditView("hexdump")
        var swapped = AuditView("hexdump")
        var isInDump = false
        var index = 0
        while index < text.count {
            let end = firstByte(0x0A, in: text, index..<text.count) ?? text.count
            let line = index..<end
            index = end + 1
            let groups = mayBeDump(text, line) ? groups(in: text, line) : []
            let isDump = groups.count >= (isInDump ? 1 : fewestGroups)
            isInDump = isDump
            if !isDump { continue }
            for group in groups {
                let bytes = bytes(of: text, group)
                for byte in bytes { straight.append(byte, from: group.lowerBound) }
                for byte in bytes.reversed() { swapped.append(byte, from: group.lowerBound) }
            }
        }
        if straight.bytes.isEmpty { return [] }
        return straight.bytes == swapped.bytes ? [straight] : [straight, swapped]
    }

    /// Whether a line begins with a hexadecimal digit, blanks aside: nearly no other needs a closer look.
    private static func mayBeDump(_ text: Span<UInt8>, _ line: Range<Int>) -> Bool {
        var index = line.lowerBound
        while index < line.upperBound, text[index] == 0x20 { index += 1 }
        return index < line.upperBound && URLCredentials.hexValue(text[index]) != nil
    }

    /// The places of a line's groups of hexadecimal digits, after the offset and before the text column.
    private static func groups(in text: Span<UInt8>, _ line: Range<Int>) -> [Range<Int>] {
        var groups: [Range<Int>] = []
        var byteCount = 0
        var index = line.lowerBound
        while index < line.upperBound, byteCount < longestLine {
            while index < line.upperBound, text[index] == 0x20 { index += 1 }
            let start = index
            while index < line.upperBound, URLCredentials.hexValue(text[index]) != nil {
                index += 1
            }
            let token = start..<index
            if isOffset(token, in: text, line) {
                if index < line.upperBound, text[index] == UInt8(ascii: ":") { index += 1 }
                continue
            }
            let endsToken =
                index == line.upperBound || text[index] == 0x20 || text[index] == 0x0D
            if !endsToken || token.count != 2 && token.count != 4 { break }
            if let first = groups.first, token.count > first.count { break }
            groups.append(token)
            byteCount += token.count / 2
        }
        return groups
    }

    private static func isOffset(
        _ token: Range<Int>,
        in text: Span<UInt8>,
        _ line: Range<Int>
    ) -> Bool {
        let isFirst = text.extracting(line.lowerBound..<token.lowerBound).indices.isEmpty
        return isFirst && (6...16).contains(token.count)
    }

    private static func bytes(of text: Span<UInt8>, _ group: Range<Int>) -> [UInt8] {
        stride(from: group.lowerBound, to: group.upperBound, by: 2).map { index in
            let high = URLCredentials.hexValue(text[index]) ?? 0
            return high << 4 | (URLCredentials.hexValue(text[index + 1]) ?? 0)
        }
    }
}
