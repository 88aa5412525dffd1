// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Keeps the end of a step's redacted output, to tell which command was missing.
final class OutputTail: OutputSink {
    private static let byteLimit = 2048
    private let bytes = Mutex<[UInt8]>([])

    func write(_ span: borrowing Span<UInt8>) throws {
        let start = max(0, span.count - OutputTail.byteLimit)
        var piece: [UInt8] = []
        piece.reserveCapacity(span.count - start)
        for index in start..<span.count { piece.append(span[index]) }
        bytes.withLock { kept in
            kept += piece
            if kept.count > OutputTail.byteLimit {
                kept.removeFirst(kept.count - OutputTail.byteLimit)
            }
        }
    }

    func finish() throws {}

    /// The command that a shell could not find, by its last words: `sh: 3: jq: not found`,
    /// `bash: line 1: jq: command not found`, `env: 'node': No such file or directory`.
    var missingCommand: String? {
        let text = String(decoding: bytes.withLock { $0 }, as: UTF8.self)
        for line in text.split(whereSeparator: \.isNewline).reversed().prefix(3) {
            if let name = OutputTail.missingCommand(in: line) { return name }
        }
        return nil
    }

    /// Whether one of its last lines says that a file could not be altered.
    var saysAlterationWasRefused: Bool {
        let text = String(decoding: bytes.withLock { $0 }, as: UTF8.self)
        let lines = text.split(whereSeparator: \.isNewline).suffix(5)
        let reasons = [
            "Permission denied", "Value too large for defined data type", "Read-only file system",
        ]
        return lines.contains { line in reasons.contains { line.contains($0) } }
    }

    private static func missingCommand(in line: Substring) -> String? {
        let endings = [": command not found", ": not found", ": No such file or directory"]
        guard let ending = endings.first(where: { line.hasSuffix($0) }) else { return nil }
        let words = line.dropLast(ending.count)
        let name = words.split(separator: ": ").last.map(String.init) ?? ""
        let bare = name.trimmingPrefix { "'\"`‘“".contains($0) }.prefix { !"'\"`’”".contains($0) }
        return bare.isEmpty || bare.contains(" ") ? nil : String(bare)
    }
}
