// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// A piece of a text that is examined by itself, on whichever thread.
///
/// Windows of one text follow each other every `stride` bytes and overlap by `overlap`, so that what begins in
/// one is whole in it if it is no longer than that.
package struct LeakWindow: Sendable {
    package static let stride = 1 << 20
    package static let overlap = 65536

    let bytes: [UInt8]
    /// Leaks that begin from here on are the next window's.
    let limit: Int

    package var isEmpty: Bool { bytes.isEmpty }

    /// Whether it is examined sooner than a thread could be found for it.
    package var isSmall: Bool { bytes.count < 65536 }

    /// The window over `bytes`; a text's last one is not followed by another.
    package init(_ bytes: [UInt8], isLast: Bool) {
        self.bytes = bytes
        limit = isLast ? bytes.count : min(bytes.count, Self.stride)
    }
}

/// What was found in a window, with what is needed to count lines on.
package struct WindowLeaks: Sendable {
    struct Place: Sendable {
        let hit: LeakHit
        /// The line feeds before it, and where the last of them is.
        let lineFeedCount: Int
        let lastLineFeed: Int?
    }

    let byteCount: Int
    /// In order.
    let places: [Place]
    let lineFeedCount: Int
    let lastLineFeed: Int?

    init(_ window: LeakWindow, _ hits: [LeakHit]) {
        let text = window.bytes.span.extracting(..<window.limit)
        byteCount = text.count
        var places: [Place] = []
        var (count, last, place) = (0, Int?.none, 0)
        func advance(to end: Int) {
            let piece = text.extracting(place..<end)
            count += countOfLineFeeds(in: piece)
            last = ByteSearch.last(0x0A, in: piece).map { place + $0 } ?? last
            place = end
        }
        for hit in hits.sorted(by: { $0.range.lowerBound < $1.range.lowerBound })
        where hit.range.lowerBound < window.limit {
            advance(to: hit.range.lowerBound)
            places.append(Place(hit: hit, lineFeedCount: count, lastLineFeed: last))
        }
        advance(to: text.count)
        self.places = places
        lineFeedCount = count
        lastLineFeed = last
    }
}
