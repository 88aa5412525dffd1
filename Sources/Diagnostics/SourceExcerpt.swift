// SPDX-License-Identifier: Apache-2.0

/// One line of a file as it is shown above a caret.
struct SourceExcerpt: Equatable {
    /// The line, tabs spread out, control characters replaced, cut around the place when it is long.
    let text: String
    /// How many columns stand before the caret.
    let caret: Int

    /// Columns that a line may take; a longer one is cut, with `...` where something is missing.
    static let widthLimit = 100
    private static let tabWidth = 4

    /// Cuts the line of `location` out of its file; `nil` when there is no such line.
    init?(of location: SourceLocation, in bytes: [UInt8]) {
        guard let line = Self.line(location.line, of: bytes) else { return nil }
        let offset = min(max(location.column - 1, 0), line.count)
        var cells: [Character] = []
        var caret = 0
        var consumed = 0
        for character in String(decoding: line, as: UTF8.self).unicodeScalars {
            if consumed == offset { caret = cells.count }
            consumed += UTF8.width(character)
            cells += Self.display(character, column: cells.count)
        }
        if consumed <= offset { caret = cells.count }
        (text, self.caret) = Self.cut(cells, around: caret)
    }

    private static func line(_ number: Int, of bytes: [UInt8]) -> ArraySlice<UInt8>? {
        var rest = bytes[...]
        if rest.starts(with: [0xef, 0xbb, 0xbf]) { rest = rest.dropFirst(3) }
        for _ in 1..<max(number, 1) {
            guard let end = rest.firstIndex(of: 0x0a) else { return nil }
            rest = rest[(end + 1)...]
        }
        let line = rest.prefix { $0 != 0x0a }
        return line.last == 0x0d ? line.dropLast() : line
    }

    private static func display(_ scalar: Unicode.Scalar, column: Int) -> [Character] {
        if scalar == "\t" {
            return Array(repeating: " ", count: tabWidth - column % tabWidth)
        }
        return [PrintableText.isHarmless(scalar) ? Character(scalar) : "\u{fffd}"]
    }

    private static func cut(_ cells: [Character], around caret: Int) -> (String, Int) {
        if cells.count <= widthLimit { return (String(cells), caret) }
        let dots = Array("...")
        let start = min(max(0, caret - widthLimit / 2), cells.count - widthLimit)
        let end = start + widthLimit
        var shown = Array(cells[start..<end])
        if start > 0 { shown.replaceSubrange(..<3, with: dots) }
        if end < cells.count { shown.replaceSubrange((shown.count - 3)..., with: dots) }
        return (String(shown), caret - start)
    }
}
