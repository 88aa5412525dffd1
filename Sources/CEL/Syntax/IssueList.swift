// SPDX-License-Identifier: Apache-2.0

/// What is wrong with an expression, with the places.
struct IssueList: Sendable {
    private struct Issue: Sendable {
        var offset: Int
        var message: String
    }

    private var issues: [Issue] = []
    private var count = 0

    var isEmpty: Bool { issues.isEmpty }

    mutating func add(_ message: String, at offset: Int) {
        count += 1
        if count <= Self.limit { issues.append(Issue(offset: offset, message: message)) }
    }

    /// As many as cel-go reports.
    private static let limit = 100
    /// A line longer than this is not shown.
    private static let longestLine = 16_384

    /// All issues in the order of their places, each with its line and a caret below.
    func text(in source: SourceScalars) -> String {
        let ordered = issues.enumerated().sorted {
            ($0.element.offset, $0.offset) < ($1.element.offset, $1.offset)
        }
        var lines = ordered.map { Self.text(of: $0.element, in: source) }
        if count > Self.limit { lines.append("\(count - Self.limit) more errors were truncated") }
        return lines.joined(separator: "\n")
    }

    private static func text(of issue: Issue, in source: SourceScalars) -> String {
        let (line, column) = source.position(of: issue.offset)
        let head = "ERROR: <input>:\(line):\(column): \(issue.message)"
        let shown = source.line(at: issue.offset).map { $0 == "\t" ? " " : $0 }
        guard shown.count <= longestLine else { return head }
        var snippet = ""
        snippet.unicodeScalars.append(contentsOf: shown)
        // Wide marks below characters that are no ASCII, as cel-go does it.
        let marks = shown.prefix(column - 1).map { $0.isASCII ? "." : "\u{ff0e}" }.joined()
        let isWide = column <= shown.count && !shown[column - 1].isASCII
        return "\(head)\n | \(snippet)\n | \(marks)\(isWide ? "\u{ff3e}" : "^")"
    }
}
