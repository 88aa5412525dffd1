// SPDX-License-Identifier: Apache-2.0
internal import Platform

extension NeedleIndex {
    static func isBefore(_ one: Needle, _ other: Needle, in region: LockedRegion) -> Bool {
        region.withBytes(one.bytes) { first in
            region.withBytes(other.bytes) { second in
                let common = commonPrefixCount(first, second)
                if common == second.count { return false }
                return common == first.count || first[common] < second[common]
            }
        }
    }

    /// Finds each needle's longest proper prefix among the sorted needles, by a stack of open prefixes.
    static func ancestors(of needles: [Needle], in region: LockedRegion) -> [Int] {
        var ancestors: [Int] = []
        ancestors.reserveCapacity(needles.count)
        for place in needles.indices {
            var candidate = place - 1
            while candidate >= 0, !isPrefix(needles[candidate], of: needles[place], in: region) {
                candidate = ancestors[candidate]
            }
            ancestors.append(candidate)
        }
        return ancestors
    }

    private static func isPrefix(_ one: Needle, of other: Needle, in region: LockedRegion) -> Bool {
        one.count < other.count
            && region.withBytes(one.bytes) { first in
                region.withBytes(other.bytes) { commonPrefixCount(first, $0) == first.count }
            }
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
        in region: LockedRegion
    ) -> (classes: [LengthClass], beginnings: [UInt64]) {
        var beginnings = [UInt64](repeating: 0, count: 65536 / 64)
        for needle in needles {
            let pair = region.withBytes(needle.bytes) { Int($0[0]) << 8 | Int($0[1]) }
            beginnings[pair >> 6] |= 1 << UInt64(pair & 63)
        }
        let bound = classBound(of: needles)
        let short = needles.indices.filter { needles[$0].count < bound }
        let long = needles.indices.filter { needles[$0].count >= bound }
        let classes = [short, long].compactMap { places -> LengthClass? in
            guard let shortest = places.lazy.map({ needles[$0].count }).min() else { return nil }
            var table = LengthClass(shortest: shortest, capacity: places.count)
            let mask = table.keyMask
            for place in places {
                region.withBytes(needles[place].bytes) { bytes in
                    table.add(place, bytes) { entry in
                        region.withBytes(needles[Int(entry.needle)].bytes) {
                            $0.word(at: Int(entry.offset)) & mask
                        }
                    }
                }
            }
            return table
        }
        return (classes, beginnings)
    }
}
