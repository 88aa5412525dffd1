// SPDX-License-Identifier: Apache-2.0

/// Makes the findings of one text from those of its windows, which come in order.
package struct LeakPlaces: Sendable {
    /// Where the next window begins in the whole.
    private var base = 0
    /// The line and column of that place, from 1.
    private var line = 1
    private var column = 1
    /// Up to where each subject's last leak reached, so that none is reported twice.
    private var ends: [LeakFinding.Subject: Int] = [:]

    package init() {}

    /// How many bytes the windows so far have covered.
    package var byteCount: Int { base }

    /// Takes the next window's leaks; `report` is called for each that is new, in order.
    package mutating func add(_ window: WindowLeaks, _ report: (LeakFinding) -> Void) {
        for place in window.places {
            let hit = place.hit
            let start = base + hit.range.lowerBound
            if start < ends[hit.subject, default: 0] { continue }
            ends[hit.subject] = base + hit.range.upperBound
            let lineStart = place.lastLineFeed.map { $0 + 1 }
            report(
                LeakFinding(
                    subject: hit.subject,
                    encodings: hit.encodings,
                    certainty: hit.certainty,
                    offset: start,
                    length: hit.range.count,
                    line: line + place.lineFeedCount,
                    column: lineStart.map { hit.range.lowerBound - $0 + 1 }
                        ?? column + hit.range.lowerBound
                )
            )
        }
        line += window.lineFeedCount
        column = window.lastLineFeed.map { window.byteCount - $0 } ?? column + window.byteCount
        base += window.byteCount
    }
}
