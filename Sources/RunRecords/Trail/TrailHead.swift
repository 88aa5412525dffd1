// SPDX-License-Identifier: Apache-2.0

/// How far a run's event file has come: how many lines, and the code of the last one.
///
/// It is kept apart from the events, so that whoever can reach these alone cannot cut them short unseen.
package struct TrailHead: Sendable, Hashable {
    package var lineCount: Int
    package var code: TrailCode
    /// Whether the run was removed on purpose since.
    package var isRemoved = false

    private static let magic = "tacit-head 1"
    private static let digitCount = 12
    private static let kept = Array("\(magic) kept ".utf8)
    private static let removed = Array("\(magic) removed ".utf8)
    /// How long the line of a run that was not removed is.
    static let byteCount = kept.count + digitCount + 1 + 2 * TrailCode.byteCount + 1

    package init(lineCount: Int, code: TrailCode) {
        self.lineCount = lineCount
        self.code = code
    }

    /// Reads a line as `text` makes it; `nil` when it is none.
    package init?(_ text: String) {
        let words = text.split(whereSeparator: \.isWhitespace)
        guard words.count == 5, "\(words[0]) \(words[1])" == Self.magic,
            ["kept", "removed"].contains(words[2]), let count = Int(words[3]), count >= 0,
            let code = TrailCode(hexadecimal: words[4].utf8)
        else { return nil }
        self.init(lineCount: count, code: code)
        isRemoved = words[2] == "removed"
    }

    /// One line of always the same length, unless the run was removed.
    package var text: [UInt8] {
        var text: [UInt8] = []
        text.reserveCapacity(112)
        text += isRemoved ? Self.removed : Self.kept
        var divisor = 1
        for _ in 1..<Self.digitCount { divisor *= 10 }
        while divisor > 0 {
            text.append(UInt8(ascii: "0") + UInt8(lineCount / divisor % 10))
            divisor /= 10
        }
        text.append(UInt8(ascii: " "))
        code.append(to: &text)
        text.append(UInt8(ascii: "\n"))
        return text
    }
}
