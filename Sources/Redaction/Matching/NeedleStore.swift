// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// All needles of a redactor, their bytes in locked memory.
///
/// The policy half writes one after another: `append` its bytes, then `commit`. Needles are never
/// removed and their bytes never move within a region, so that a compiled index may read on while
/// more are added.
struct NeedleStore: ~Copyable {
    private(set) var needles: [Needle] = []
    private var buffer: LockedBuffer
    private var committed = 0
    /// Needles by the hash of their bytes, to drop duplicates.
    private var places = NeedlePlaces()

    /// What a reader may load past a needle's end: one word.
    static let slack = 8

    /// An empty store; `capacity` bytes fit before it grows first.
    init(capacity: Int = 16384 - Self.slack) {
        buffer = .forSecrets(capacity: capacity, slack: Self.slack)
    }

    var region: LockedRegion { buffer.region }

    mutating func append(_ byte: UInt8) {
        buffer.append(byte)
    }

    mutating func append(_ bytes: Span<UInt8>) {
        buffer.append(bytes)
    }

    /// Makes the bytes since the last commit a needle.
    ///
    /// One that is too short or is there already is dropped; one that is too long becomes several, which
    /// touch where the whole is printed and so make one mask.
    mutating func commit(secret: Int, encoding: NeedleEncoding) {
        let end = buffer.count
        if end - committed < Needle.minimumCount { return discard() }
        if end - committed <= Needle.maximumCount {
            let needle = Needle(
                start: committed,
                count: end - committed,
                secret: secret,
                encoding: encoding
            )
            return insert(needle) ? (committed = end) : discard()
        }
        var start = committed
        while start < end {
            let pieceEnd = self.pieceEnd(from: start, to: end)
            let piece = Needle(
                start: start,
                count: pieceEnd - start,
                secret: secret,
                encoding: encoding
            )
            _ = insert(piece)
            start = pieceEnd
        }
        committed = end
    }

    /// Where the next piece of a long needle ends.
    ///
    /// The last two share what is left, so that no piece is short, and none begins with white space:
    /// the end of every line would be held back for it.
    private func pieceEnd(from start: Int, to end: Int) -> Int {
        let left = end - start
        if left <= Needle.maximumCount { return end }
        let count = min(Needle.maximumCount, left / 2)
        return region.withBytes(start..<start + count + 1) { bytes in
            let candidates = stride(from: count, to: count / 2, by: -1)
            return start + (candidates.first { bytes[$0] > 0x20 } ?? count)
        }
    }

    /// Forgets the bytes since the last commit.
    mutating func discard() {
        buffer.truncate(to: committed)
    }

    private mutating func insert(_ needle: Needle) -> Bool {
        let hash = region.withBytes(needle.bytes) { places.hash(of: $0) }
        for place in places.candidates(for: hash) where isEqual(needles[place], needle) {
            return false
        }
        places.add(needles.count, hash)
        needles.append(needle)
        return true
    }

    private func isEqual(_ one: Needle, _ other: Needle) -> Bool {
        one.count == other.count
            && region.withBytes(one.bytes) { first in
                region.withBytes(other.bytes) { commonPrefixCount(first, $0) == one.count }
            }
    }
}
