// SPDX-License-Identifier: Apache-2.0

/// The parts of a text that needles cover: disjoint, not touching, in order.
struct FoundMasks {
    struct Mask: Equatable {
        var start: Int
        var end: Int
        /// The needle that gives the name: the one that starts first and, of those, is longest.
        var needle: Int
        /// How long that needle's match is.
        var needleCount: Int
    }

    private(set) var masks: [Mask] = []

    mutating func removeAll() {
        masks.removeAll(keepingCapacity: true)
    }

    /// Adds a match, uniting it with those that it overlaps or touches.
    ///
    /// A match must end no earlier than the last mask starts.
    ///
    /// - Returns: the mask that it is in now, the last one.
    @discardableResult
    mutating func add(_ match: Mask) -> Mask {
        var union = match
        while let last = masks.last, union.start <= last.end {
            precondition(union.end >= last.start, "matches are found in order")
            union = Self.union(union, last)
            masks.removeLast()
        }
        masks.append(union)
        return union
    }

    /// Says where the last mask ends.
    mutating func extendLast(to end: Int) {
        masks[masks.count - 1].end = end
    }

    /// Says which is the longest needle that starts where the last mask does.
    mutating func nameLast(by needle: Int, ofCount count: Int) {
        masks[masks.count - 1].needle = needle
        masks[masks.count - 1].needleCount = count
    }

    /// Takes in the masks of another length class; `spare` is storage to be used again.
    mutating func merge(_ other: FoundMasks, spare: inout FoundMasks) {
        if other.masks.isEmpty { return }
        swap(&self, &spare)
        removeAll()
        var mine = 0
        var theirs = 0
        while mine < spare.masks.count || theirs < other.masks.count {
            let takesMine =
                theirs == other.masks.count
                || mine < spare.masks.count
                    && spare.masks[mine].start <= other.masks[theirs].start
            add(takesMine ? spare.masks[mine] : other.masks[theirs])
            if takesMine { mine += 1 } else { theirs += 1 }
        }
    }

    private static func union(_ one: Mask, _ other: Mask) -> Mask {
        let named =
            (one.start, -one.needleCount) <= (other.start, -other.needleCount) ? one : other
        return Mask(
            start: named.start,
            end: max(one.end, other.end),
            needle: named.needle,
            needleCount: named.needleCount
        )
    }
}
