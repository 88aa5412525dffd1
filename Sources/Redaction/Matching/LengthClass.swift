// SPDX-License-Identifier: Apache-2.0

/// The lookup table over the needles of one range of lengths.
///
/// All have at least `shortest` bytes, so every occurrence covers a whole q-gram at one of the text's
/// offsets 0, step, 2 step, ... with step <= shortest - q + 1, and that q-gram begins within the needle's
/// first `step` bytes. Those q-grams are hashed into a bitmap, which decides for nearly every place of a
/// clean log that there is nothing, and into chains that say which needle at which offset.
struct LengthClass: Sendable {
    /// One q-gram of one needle at one offset.
    struct Entry: Sendable {
        /// The needle's place in the index.
        let needle: Int32
        let offset: UInt8
        /// Some bits of the q-gram's hash: for nearly every other q-gram they say that it is another.
        let tag: UInt8
        /// Whether more needles have the same q-gram at the same offset than have an entry.
        var isShared: Bool
        /// The next entry of the chain; -1 at its end.
        let next: Int32
    }

    /// So many needles with the same q-gram at the same offset have an entry each.
    fileprivate static let mostAlike = 4
    /// Wider steps gain nothing more, and `step` bounds the length of a chain.
    private static let longestStep = 32
    /// With so many needles a table for such steps takes longer to build than it saves.
    private static let manyNeedles = 6000
    private static let longestStepOfMany = 8

    let shortest: Int
    /// q: how many bytes of the text one lookup takes.
    let gramCount: Int
    let step: Int
    let keyMask: UInt64
    let bitCount: UInt64
    private(set) var bitmap: [UInt64]
    private let headBitCount: UInt64
    private var heads: [Int32]
    private var entries: [Entry] = []

    static func gramCount(forShortest shortest: Int) -> Int {
        shortest >= 12 ? 8 : shortest >= 8 ? 6 : 4
    }

    static func step(forShortest shortest: Int) -> Int {
        min(shortest - gramCount(forShortest: shortest) + 1, longestStep)
    }

    /// Builds the table of those needles that have the given places; `nil` where there are none.
    ///
    /// `needles` are in the order of their bytes, and `memory` is where they lie.
    init?(_ places: [Int], of needles: [Needle], _ memory: Span<UInt8>) {
        guard let shortest = places.lazy.map({ needles[$0].count }).min() else { return nil }
        self.shortest = shortest
        gramCount = Self.gramCount(forShortest: shortest)
        let isLarge = places.count >= Self.manyNeedles
        let longest = isLarge ? Self.longestStepOfMany : Self.longestStep
        step = min(Self.step(forShortest: shortest), longest)
        keyMask = gramCount == 8 ? .max : (1 << UInt64(8 * gramCount)) - 1
        let gramTotal = places.count * step
        bitCount = Self.bits(for: gramTotal * 32, atLeast: 16, atMost: 24)
        headBitCount = Self.bits(for: gramTotal, atLeast: 6, atMost: 22)
        bitmap = Array(repeating: 0, count: 1 << Int(bitCount - 6))
        heads = Array(repeating: -1, count: 1 << Int(headBitCount))
        entries.reserveCapacity(gramTotal)
        enter(places, of: needles, memory)
    }

    private static func bits(for count: Int, atLeast: UInt64, atMost: UInt64) -> UInt64 {
        var bits = atLeast
        while bits < atMost, 1 << Int(bits) < count { bits += 1 }
        return bits
    }

    /// Bits that decide neither about the bitmap nor about the chain.
    private static func tag(_ hash: UInt64) -> UInt8 { UInt8(truncatingIfNeeded: hash >> 32) }

    @inline(__always)
    static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

    private mutating func enter(_ places: [Int], of needles: [Needle], _ memory: Span<UInt8>) {
        // Each by itself: spans of two parts of one value exclude each other.
        var (ownBitmap, ownHeads): ([UInt64], [Int32]) = ([], [])
        swap(&ownBitmap, &self.bitmap)
        swap(&ownHeads, &self.heads)
        defer { (self.bitmap, self.heads) = (ownBitmap, ownHeads) }
        var bitmap = ownBitmap.mutableSpan
        var heads = ownHeads.mutableSpan
        for place in places {
            let start = needles[place].start
            // So that a chain has the smallest offset, the match that reaches furthest, first.
            var offset = step
            while offset > 0 {
                offset -= 1
                let key = memory.word(at: start + offset) & keyMask
                let hash = Self.hash(key)
                let bit = hash >> (64 - bitCount)
                bitmap[Int(bit >> 6)] |= 1 << (bit & 63)
                let head = Int(hash >> (64 - headBitCount))
                let next = heads[head]
                if next >= 0, entries.hasEnough(next, offset, key, keyMask, needles, memory) {
                    continue
                }
                heads[head] = Int32(entries.count)
                entries.append(
                    Entry(
                        needle: Int32(place),
                        offset: UInt8(offset),
                        tag: Self.tag(hash),
                        isShared: false,
                        next: next
                    )
                )
            }
        }
    }

    /// Whether some needle may have this q-gram.
    func mayContain(_ key: UInt64) -> Bool {
        let bit = Self.hash(key) >> (64 - bitCount)
        return bitmap[Int(bit >> 6)] >> (bit & 63) & 1 != 0
    }

    /// Calls `body` for each entry that may have this q-gram.
    ///
    /// A chain has at most `4 step` entries of one q-gram, whatever the needles.
    func forEachEntry(of key: UInt64, _ body: (Entry) -> Void) {
        let hash = Self.hash(key)
        var place = Int(heads[Int(hash >> (64 - headBitCount))])
        while place >= 0 {
            let entry = entries[place]
            if entry.tag == Self.tag(hash) { body(entry) }
            place = Int(entry.next)
        }
    }
}

extension [LengthClass.Entry] {
    /// Whether a chain has enough entries of a q-gram at an offset; the last of them then stands for more.
    fileprivate mutating func hasEnough(
        _ first: Int32,
        _ offset: Int,
        _ key: UInt64,
        _ keyMask: UInt64,
        _ needles: [Needle],
        _ memory: Span<UInt8>
    ) -> Bool {
        var place = Int(first)
        var sameCount = 0
        while place >= 0 {
            let entry = self[place]
            let start = needles[Int(entry.needle)].start
            if Int(entry.offset) == offset, memory.word(at: start + offset) & keyMask == key {
                sameCount += 1
                if sameCount == LengthClass.mostAlike {
                    self[place].isShared = true
                    return true
                }
            }
            place = Int(entry.next)
        }
        return false
    }
}
