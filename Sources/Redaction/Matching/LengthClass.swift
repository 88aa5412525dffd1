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
        let offset: Int32
        /// Whether more needles have the same q-gram at the same offset than have an entry.
        var isShared: Bool
        /// The next entry of the chain; -1 at its end.
        let next: Int32
    }

    /// So many needles with the same q-gram at the same offset have an entry each.
    private static let mostAlike = 4
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

    /// Builds the table.
    ///
    /// - Parameters:
    ///   - shortest: the length of the shortest needle in it, at least 4.
    ///   - capacity: how many needles `add` will be called for.
    init(shortest: Int, capacity: Int) {
        self.shortest = shortest
        gramCount = Self.gramCount(forShortest: shortest)
        let isLarge = capacity >= Self.manyNeedles
        let longest = isLarge ? Self.longestStepOfMany : Self.longestStep
        step = min(Self.step(forShortest: shortest), longest)
        keyMask = gramCount == 8 ? .max : (1 << UInt64(8 * gramCount)) - 1
        let gramTotal = capacity * step
        bitCount = Self.bits(for: gramTotal * (isLarge ? 32 : 64), atLeast: 16, atMost: 24)
        headBitCount = Self.bits(for: gramTotal, atLeast: 6, atMost: 22)
        bitmap = Array(repeating: 0, count: 1 << Int(bitCount - 6))
        heads = Array(repeating: -1, count: 1 << Int(headBitCount))
        entries.reserveCapacity(gramTotal)
    }

    private static func bits(for count: Int, atLeast: UInt64, atMost: UInt64) -> UInt64 {
        var bits = atLeast
        while bits < atMost, 1 << Int(bits) < count { bits += 1 }
        return bits
    }

    @inline(__always)
    static func hash(_ key: UInt64) -> UInt64 { key &* 0x9E37_79B9_7F4A_7C15 }

    /// Enters a needle.
    ///
    /// - Parameters:
    ///   - needle: its place in the index.
    ///   - bytes: its bytes.
    ///   - keyOf: the q-gram that an earlier entry stands for.
    mutating func add(_ needle: Int, _ bytes: Span<UInt8>, keyOf: (Entry) -> UInt64) {
        // So that a chain has the smallest offset, the match that reaches furthest, first.
        for offset in (0..<step).reversed() {
            let key = bytes.word(at: offset) & keyMask
            let bit = Self.hash(key) >> (64 - bitCount)
            bitmap[Int(bit >> 6)] |= 1 << (bit & 63)
            enter(needle, offset, key, keyOf)
        }
    }

    private mutating func enter(
        _ needle: Int,
        _ offset: Int,
        _ key: UInt64,
        _ keyOf: (Entry) -> UInt64
    ) {
        let head = Int(Self.hash(key) >> (64 - headBitCount))
        var place = Int(heads[head])
        var sameCount = 0
        while place >= 0 {
            if entries[place].offset == offset, keyOf(entries[place]) == key {
                sameCount += 1
                if sameCount == Self.mostAlike {
                    entries[place].isShared = true
                    return
                }
            }
            place = Int(entries[place].next)
        }
        entries.append(
            Entry(
                needle: Int32(needle),
                offset: Int32(offset),
                isShared: false,
                next: heads[head]
            )
        )
        heads[head] = Int32(entries.count - 1)
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
        var place = Int(heads[Int(Self.hash(key) >> (64 - headBitCount))])
        while place >= 0 {
            body(entries[place])
            place = Int(entries[place].next)
        }
    }
}
