// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Turns an offset in a text that must not be copied into a place in its file.
enum TextPosition {
    static func location(
        of offset: Int,
        in text: Span<UInt8>,
        file: String
    ) -> SourceLocation {
        var line = 1
        var lineStart = 0
        for index in 0..<min(offset, text.count) where text[index] == 0x0a {
            line += 1
            lineStart = index + 1
        }
        return SourceLocation(file: file, line: line, column: offset - lineStart + 1)
    }
}
