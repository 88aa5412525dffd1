// SPDX-License-Identifier: Apache-2.0

/// The lines of a file, for who counts columns otherwise than in bytes.
struct SourceLines {
    private let bytes: [UInt8]
    private let starts: [Int]

    init(_ bytes: [UInt8]) {
        self.bytes = bytes
        var starts = [0]
        for (index, byte) in bytes.enumerated() where byte == UInt8(ascii: "\n") {
            starts.append(index + 1)
        }
        self.starts = starts
    }

    /// A column in UTF-16 units; line and columns from 1.
    func utf16Column(of column: Int, inLine line: Int) -> Int {
        guard starts.indices.contains(line - 1) else { return column }
        let start = starts[line - 1]
        let end = min(start + column - 1, bytes.count)
        return String(decoding: bytes[start..<max(start, end)], as: UTF8.self).utf16.count + 1
    }
}
