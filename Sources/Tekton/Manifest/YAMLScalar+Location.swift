// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

extension YAMLScalar {
    /// Where a part of the text stands in the file; `nil` where that cannot be told.
    ///
    /// `start` is where the scalar starts. A text in quotes with escapes, and a folded one, may stand anywhere.
    func location(of part: String, from start: SourceLocation) -> SourceLocation? {
        guard let range = text.ranges(of: part).first else { return nil }
        let before = text[..<range.lowerBound]
        let lineStart = before.lastIndex(of: "\n").map(text.index(after:)) ?? text.startIndex
        let column = text[lineStart..<range.lowerBound].utf8.count
        if let block {
            guard block.isLiteral else { return nil }
            return SourceLocation(
                file: start.file,
                line: block.firstLine + before.count(where: { $0 == "\n" }),
                column: block.indentation + column + 1
            )
        }
        guard !before.contains(where: { "\n\\\"'".contains($0) }) else { return nil }
        var location = start
        location.column += column + (isPlain ? 0 : 1)
        return location
    }
}
