// SPDX-License-Identifier: Apache-2.0

extension NeedleIndex {
    /// Whether a needle sorts before another by their bytes.
    static func isBefore(_ one: Needle, _ other: Needle, _ memory: Span<UInt8>) -> Bool {
        if one.count >= 8, other.count >= 8 {
            let first = memory.word(at: one.start).byteSwapped
            let second = memory.word(at: other.start).byteSwapped
            if first != second { return first < second }
        }
        let (first, second) = (memory.extracting(one.bytes), memory.extracting(other.bytes))
        let common = commonPrefixCount(first, second)
        if common == second.count { return false }
        return common == first.count || first[common] < second[common]
    }

    /// Finds each needle's longest proper prefix among the sorted needles, by a stack of open prefixes.
    static func ancestors(of needles: [Needle], _ memory: Span<UInt8>) -> [Int] {
        var ancestors: [Int] = []
        ancestors.reserveCapacity(needles.count)
        for place in needles.indices {
            var candidate = place - 1
            while candidate >= 0, !isPrefix(needles[candidate], of: needles[place], memory) {
                candidate = ancestors[candidate]
            }
            ancestors.append(candidate)
        }
        return ancestors
    }

    private static func isPrefix(_ one: Needle, of other: Needle, _ memory: Span<UInt8>) -> Bool {
        if one.count >= other.count { return false }
        let (first, second) = (memory.extracting(one.bytes), memory.extracting(other.bytes))
        return commonPrefixCount(first, second) == first.count
    }

    /// From which length on needles have a table of their own, so that one short password does not slow all.
    ///
    /// Of some bounds the one with which a text is looked at least often; 0 where one table does best.
    static func classBound(of needles: [Needle]) -> Int {
        func looks(_ counts: some Sequence<Int>) -> Double {
            counts.min().map { 1 / Double(LengthClass.step(forShortest: $0)) } ?? 0
        }
        let counts = Set(needles.map(\.count))
        let bounds = [0, 6, 8, 10, 12, 14, 16, 20, 24, 32, 40].map { bound in
            // A table costs something by itself.
            let short = counts.lazy.filter { $0 < bound }
            let long = counts.lazy.filter { $0 >= bound }
            return (bound, looks(short) + looks(long) + (short.isEmpty ? 0 : 0.02))
        }
        return bounds.min { $0.1 < $1.1 }?.0 ?? 0
    }

    /// Builds the table of each length class that has needles, and the bits of their first two bytes.
    static func tables(
        of needles: [Needle],
        _ memory: Span<UInt8>
    ) -> (classes: [LengthClass], beginnings: [UInt64]) {
        var beginnings = [UInt64](repeating: 0, count: 65536 / 64)
        for needle in needles {
            let pair = Int(memory[needle.start]) << 8 | Int(memory[needle.start + 1])
            beginnings[pair >> 6] |= 1 << UInt64(pair & 63)
        }
        let bound = classBound(of: needles)
        let short = needles.indices.filter { needles[$0].count < bound }
        let long = needles.indices.filter { needles[$0].count >= bound }
        let classes = [short, long].compactMap { LengthClass($0, of: needles, memory) }
        return (classes, beginnings)
    }
}
