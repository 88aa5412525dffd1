// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Needles compiled for searching; immutable, shared by all streams.
final class NeedleIndex: Sendable {
    private let region: LockedRegion
    /// Sorted by their bytes, a prefix before what it begins.
    let needles: [Needle]
    /// For each needle the longest other one that it begins with; -1 when there is none.
    private let ancestors: [Int]
    private let classes: [LengthClass]
    /// The first two bytes that needles have, one bit each.
    private let beginnings: [UInt64]
    /// The length of the shortest needle; 0 without needles.
    let shortest: Int
    private let longest: Int
    /// Up to this length a proper prefix at the end of a text is looked up rather than found by scanning.
    private let shortSuffixLimit: Int

    /// Needles of fewer bytes have a table of their own, so that one short password does not slow all.
    static let longClassMinimum = 16

    init(_ store: borrowing NeedleStore) {
        let region = store.region
        self.region = region
        let sorted = store.needles.sorted { Self.isBefore($0, $1, in: region) }
        needles = sorted
        ancestors = Self.ancestors(of: sorted, in: region)
        shortest = sorted.lazy.map(\.count).min() ?? 0
        longest = sorted.lazy.map(\.count).max() ?? 0
        let (classes, beginnings) = Self.tables(of: sorted, in: region)
        self.classes = classes
        self.beginnings = beginnings
        shortSuffixLimit = classes.lazy.map(\.shortest).max() ?? 0
    }

    var isEmpty: Bool { needles.isEmpty }

    /// Finds every needle in `text` and what its end may still become.
    ///
    /// - Parameters:
    ///   - text: any bytes.
    ///   - scratch: receives the masks; storage is used again from call to call.
    /// - Returns: where the longest suffix begins that is a proper prefix of some needle; `text.count`
    ///   when there is none.
    func scan(_ text: Span<UInt8>, into scratch: inout ScanScratch) -> Int {
        scratch.removeAll()
        var open = text.count
        for lengthClass in classes {
            scratch.removeCurrent()
            var place = lengthClass.nextCandidate(in: text, from: 0)
            while place < text.count {
                verify(text, place, lengthClass, &scratch, &open)
                place = lengthClass.nextCandidate(in: text, from: place + lengthClass.step)
            }
            scratch.mergeCurrent()
        }
        return min(open, shortOpenSuffix(of: text))
    }

    /// Finds every needle in `text` and what its end may still become.
    func scan(_ text: [UInt8], into scratch: inout ScanScratch) -> Int {
        scan(text.span, into: &scratch)
    }

    /// Finds the longest suffix of `text` that is at least half of a needle, but not all of it.
    ///
    /// - Returns: where it begins and the shortest such needle; `nil` when there is none.
    func halfNeedleSuffix(of text: Span<UInt8>) -> (start: Int, needle: Int)? {
        for start in max(0, text.count - Needle.maximumCount)..<text.count
        where mayBegin(text, start) {
            let suffix = text.extracting(start...)
            var best: Int?
            var place = upperBound(of: suffix)
            while place < needles.count, begins(place, with: suffix) {
                let isHalf = needles[place].count <= 2 * suffix.count
                if isHalf, needles[place].count < best.map({ needles[$0].count }) ?? .max {
                    best = place
                }
                place += 1
            }
            if let best { return (start, best) }
        }
        return nil
    }
}

extension NeedleIndex {
    private func verify(
        _ text: Span<UInt8>,
        _ place: Int,
        _ lengthClass: LengthClass,
        _ scratch: inout ScanScratch,
        _ open: inout Int
    ) {
        let key = text.word(at: place) & lengthClass.keyMask
        lengthClass.forEachEntry(of: key) { entry in
            let start = place - Int(entry.offset)
            if start < 0 || self.key(entry, lengthClass.keyMask) != key { return }
            let reach = entry.isShared ? longest : needles[Int(entry.needle)].count
            if scratch.covers(start, reach) { return }
            let rest = text.extracting(start...)
            let match =
                entry.isShared
                ? longestMatch(rest, lengthClass.shortest, start, &open)
                : onlyMatch(Int(entry.needle), rest, start, &open)
            guard let match else { return }
            let count = needles[match].count
            scratch.addCurrent(
                .init(start: start, end: start + count, needle: match, needleCount: count)
            )
        }
    }

    private func key(_ entry: LengthClass.Entry, _ mask: UInt64) -> UInt64 {
        region.withBytes(needles[Int(entry.needle)].bytes) { $0.word(at: Int(entry.offset)) & mask }
    }

    private func onlyMatch(
        _ needle: Int,
        _ rest: Span<UInt8>,
        _ start: Int,
        _ open: inout Int
    ) -> Int? {
        let common = commonCount(needle, rest)
        if common == needles[needle].count { return needle }
        if common == rest.count { open = min(open, start) }
        return nil
    }

    private func longestMatch(
        _ rest: Span<UInt8>,
        _ minimumCount: Int,
        _ start: Int,
        _ open: inout Int
    ) -> Int? {
        let next = upperBound(of: rest)
        if next < needles.count, begins(next, with: rest) { open = min(open, start) }
        // Any needle that begins `rest` begins its predecessor, too, or is it.
        var candidate = next - 1
        if candidate < 0 { return nil }
        let common = commonCount(candidate, rest)
        while candidate >= 0, needles[candidate].count > common { candidate = ancestors[candidate] }
        return candidate >= 0 && needles[candidate].count >= minimumCount ? candidate : nil
    }

    private func shortOpenSuffix(of text: Span<UInt8>) -> Int {
        for start in max(0, text.count - shortSuffixLimit)..<text.count where mayBegin(text, start)
        {
            let suffix = text.extracting(start...)
            let next = upperBound(of: suffix)
            if next < needles.count, begins(next, with: suffix) { return start }
        }
        return text.count
    }

    private func mayBegin(_ text: Span<UInt8>, _ start: Int) -> Bool {
        if start + 1 == text.count { return true }
        let pair = Int(text[start]) << 8 | Int(text[start + 1])
        return beginnings[pair >> 6] >> UInt64(pair & 63) & 1 != 0
    }

    /// The first needle that sorts after `text`; those that `text` is a proper prefix of begin there.
    private func upperBound(of text: Span<UInt8>) -> Int {
        var low = 0
        var high = needles.count
        while low < high {
            let middle = (low + high) / 2
            let common = commonCount(middle, text)
            let isAfter =
                common < needles[middle].count
                && (common == text.count || byte(middle, common) > text[common])
            if isAfter { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func begins(_ needle: Int, with text: Span<UInt8>) -> Bool {
        commonCount(needle, text) == text.count
    }

    private func commonCount(_ needle: Int, _ text: Span<UInt8>) -> Int {
        region.withBytes(needles[needle].bytes) { commonPrefixCount($0, text) }
    }

    private func byte(_ needle: Int, _ index: Int) -> UInt8 {
        region.withBytes(needles[needle].bytes) { $0[index] }
    }
}
