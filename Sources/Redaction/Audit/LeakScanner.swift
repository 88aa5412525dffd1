// SPDX-License-Identifier: Apache-2.0

/// One text on its way through an audit, in pieces of any size.
///
/// Memory: some megabytes, whatever the text's size. What is encoded as a whole (base64, a hex dump) is
/// seen through if it is no longer than 64 KiB, or in its parts.
package struct LeakScanner {
    private static let stride = 1 << 20
    private static let overlap = 65536

    private let examiner: LeakExaminer
    private var text: [UInt8] = []
    /// Where `text` begins in the whole.
    private var base = 0
    /// The line and column of that place, from 1.
    private var line = 1
    private var column = 1
    /// Up to where each subject's last leak reached, so that none is reported twice.
    private var ends: [LeakFinding.Subject: Int] = [:]

    init(_ audit: LeakAudit) {
        examiner = LeakExaminer(audit: audit)
    }

    /// Takes the next bytes; `report` is called for what is certain now, in order.
    package mutating func feed(_ bytes: Span<UInt8>, _ report: (LeakFinding) -> Void) {
        var start = 0
        while start < bytes.count {
            let room = Self.stride + Self.overlap - text.count
            let count = min(room, bytes.count - start)
            text.append(bytes.extracting(start..<start + count))
            start += count
            if count == room { examine(upTo: Self.stride, report) }
        }
    }

    /// The text is at its end.
    package mutating func finish(_ report: (LeakFinding) -> Void) {
        examine(upTo: text.count, report)
    }

    /// Reports the leaks that begin before `limit`, and drops the text up to there.
    private mutating func examine(upTo limit: Int, _ report: (LeakFinding) -> Void) {
        let hits = examiner.hits(in: text.span).sorted { $0.range.lowerBound < $1.range.lowerBound }
        var place = 0
        for hit in hits where hit.range.lowerBound < limit {
            let start = base + hit.range.lowerBound
            if start < ends[hit.subject, default: 0] { continue }
            ends[hit.subject] = base + hit.range.upperBound
            advance(from: place, to: hit.range.lowerBound)
            place = hit.range.lowerBound
            report(
                LeakFinding(
                    subject: hit.subject,
                    encodings: hit.encodings,
                    offset: start,
                    line: line,
                    column: column
                )
            )
        }
        advance(from: place, to: limit)
        text.removeFirst(limit)
        base += limit
    }

    private mutating func advance(from start: Int, to end: Int) {
        let (count, last) = Self.lineFeeds(in: text, start..<end)
        line += count
        column = last.map { end - $0 } ?? column + end - start
    }

    /// How many line feeds there are, and where the last one is.
    private static func lineFeeds(
        in text: [UInt8],
        _ range: Range<Int>
    ) -> (count: Int, last: Int?) {
        let bytes = text.span
        var count = 0
        var last: Int?
        for index in range where bytes[index] == UInt8(ascii: "\n") {
            count += 1
            last = index
        }
        return (count, last)
    }
}
