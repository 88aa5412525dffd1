// SPDX-License-Identifier: Apache-2.0

/// The text of an expression, by characters as CEL counts them: Unicode scalars.
struct SourceScalars: Sendable {
    let scalars: [Unicode.Scalar]

    init(_ text: String) { scalars = Array(text.unicodeScalars) }

    func text(_ range: Range<Int>) -> String {
        var text = ""
        text.unicodeScalars.append(contentsOf: scalars[range])
        return text
    }

    /// The line and the column of a place, both from 1.
    func position(of offset: Int) -> (line: Int, column: Int) {
        var line = 1
        var start = 0
        for index in 0..<min(offset, scalars.count) where scalars[index] == "\n" {
            line += 1
            start = index + 1
        }
        return (line, offset - start + 1)
    }

    /// A line, without its end.
    func line(at offset: Int) -> [Unicode.Scalar] {
        let offset = min(offset, scalars.count)
        let start = scalars[..<offset].lastIndex(of: "\n").map { $0 + 1 } ?? 0
        let end = scalars[offset...].firstIndex(of: "\n") ?? scalars.count
        return Array(scalars[start..<end])
    }
}
