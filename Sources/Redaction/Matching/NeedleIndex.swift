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
    /// So many needles are followed from one to the next that it begins with, before they are looked up.
    private static let longestWay = 4
    /// Up to this length a proper prefix at the end of a text is looked up rather than found by scanning.
    private let shortSuffixLimit: Int
    private let automaton: LazyAutomaton

    init(_ store: borrowing NeedleStore) {
        let region = store.region
        self.region = region
        let unsorted = store.needles
        let sorted = region.withBytes(0..<region.byteCount) { memory in
            unsorted.sorted { Self.isBefore($0, $1, memory) }
        }
        needles = sorted
        ancestors = region.withBytes(0..<region.byteCount) { Self.ancestors(of: sorted, $0) }
        shortest = sorted.lazy.map(\.count).min() ?? 0
        longest = sorted.lazy.map(\.count).max() ?? 0
        (classes, beginnings) = region.withBytes(0..<region.byteCount) {
            Self.tables(of: sorted, $0)
        }
        shortSuffixLimit = classes.lazy.map(\.shortest).max() ?? 0
        automaton = LazyAutomaton(needleByteCount: sorted.reduce(0) { $0 + $1.count })
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
        // Where every match is wanted each needle is looked up, whatever that takes.
        let loan = scratch.keepsMatches ? .max : automaton.loan
        if scratch.effort.begin(text.count), let automaton = automaton.value(of: self) {
            return scratch.scan(text, by: automaton)
        }
        let start = region.withBytes(0..<region.byteCount) { memory -> Int? in
            var open = text.count
            for lengthClass in classes {
                scratch.removeCurrent()
                var place = lengthClass.nextCandidate(in: text, from: 0)
                while place < text.count {
                    verify(text, place, lengthClass, memory, &scratch, &open)
                    if scratch.effort.isSpent(loan: loan) { return nil }
                    place = lengthClass.nextCandidate(in: text, from: place + lengthClass.step)
                }
                scratch.mergeCurrent()
            }
            return min(open, shortOpenSuffix(of: text, memory))
        }
        if let start { return start }
        scratch.effort.turn()
        return scan(text, into: &scratch)
    }

    /// The automaton over the needles, made now; `nil` where there is no memory for it.
    func makeAutomaton(mostWords: Int = NeedleAutomaton.mostWords) -> NeedleAutomaton? {
        region.withBytes(0..<region.byteCount) { memory in
            let builder = try? NeedleAutomatonBuilder(needles, memory, mostWords: mostWords)
            return builder.map { NeedleAutomaton($0) }
        }
    }

    /// Finds every needle in `text` and what its end may still become.
    func scan(_ text: [UInt8], into scratch: inout ScanScratch) -> Int {
        scan(text.span, into: &scratch)
    }

    /// Finds the longest suffix of `text` that is at least half of a needle, but not all of it.
    ///
    /// - Returns: where it begins and the shortest such needle; `nil` when there is none.
    func halfNeedleSuffix(of text: Span<UInt8>) -> (start: Int, needle: Int)? {
        region.withBytes(0..<region.byteCount) { memory in
            for start in max(0, text.count - Needle.maximumCount)..<text.count
            where mayBegin(text, start) {
                let suffix = text.extracting(start...)
                var best: Int?
                var place = upperBound(of: suffix, memory)
                while place < needles.count, begins(place, with: suffix, memory) {
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
}

extension NeedleIndex {
    /// `memory` is all of the region, in which the needles lie.
    private func verify(
        _ text: Span<UInt8>,
        _ place: Int,
        _ lengthClass: LengthClass,
        _ memory: Span<UInt8>,
        _ scratch: inout ScanScratch,
        _ open: inout Int
    ) {
        let key = text.word(at: place) & lengthClass.keyMask
        scratch.effort.spend(2)
        lengthClass.forEachEntry(of: key) { entry in
            let start = place - Int(entry.offset)
            scratch.effort.spend(3)
            if start < 0 { return }
            let needle = needles[Int(entry.needle)]
            if memory.word(at: needle.start + Int(entry.offset)) & lengthClass.keyMask != key {
                return
            }
            if scratch.covers(start, entry.isShared ? longest : needle.count) { return }
            let rest = text.extracting(start...)
            let match: Int?
            if entry.isShared {
                match = longestMatch(
                    rest,
                    lengthClass.shortest,
                    start,
                    memory,
                    &open,
                    &scratch.effort
                )
            } else {
                let isWhole = isMatch(needle, rest, start, memory, &open, &scratch.effort)
                match = isWhole ? Int(entry.needle) : nil
            }
            guard let match else { return }
            let count = needles[match].count
            scratch.addCurrent(
                .init(start: start, end: start + count, needle: match, needleCount: count)
            )
        }
    }

    /// Whether a needle begins `rest`; one that `rest` begins is open.
    private func isMatch(
        _ needle: Needle,
        _ rest: Span<UInt8>,
        _ start: Int,
        _ memory: Span<UInt8>,
        _ open: inout Int,
        _ effort: inout ScanEffort
    ) -> Bool {
        effort.spend(2)
        // The end first: what shares a beginning with a secret mostly differs there.
        if rest.count >= needle.count, needle.count >= 8 {
            let last = needle.count - 8
            if rest.word(at: last) != memory.word(at: needle.start + last) { return false }
        }
        let common = commonPrefixCount(memory.extracting(needle.bytes), rest)
        effort.spend(3 + common / 32)
        if common == needle.count { return true }
        if common == rest.count { open = min(open, start) }
        return false
    }

    private func longestMatch(
        _ rest: Span<UInt8>,
        _ minimumCount: Int,
        _ start: Int,
        _ memory: Span<UInt8>,
        _ open: inout Int,
        _ effort: inout ScanEffort
    ) -> Int? {
        let next = upperBound(of: rest, memory)
        // Some 10 ns for each needle that is compared, more for long ones, which share much.
        let depth = Int.bitWidth - needles.count.leadingZeroBitCount
        effort.spend(8 + depth * (8 + min(rest.count, longest) / 128))
        if next < needles.count, begins(next, with: rest, memory) { open = min(open, start) }
        let match = longestPrefix(of: rest, before: next, memory)
        return match >= 0 && needles[match].count >= minimumCount ? match : nil
    }

    /// The longest needle that begins `rest`; -1 when there is none.
    ///
    /// `next` is the first needle that sorts after `rest`. Any needle that begins `rest` begins its
    /// predecessor, too, or is it. Where the way up from there is long, the part of `rest` that is common is
    /// looked up in its turn: nothing longer begins it.
    private func longestPrefix(of rest: Span<UInt8>, before next: Int, _ memory: Span<UInt8>) -> Int
    {
        var candidate = next - 1
        var rest = rest
        while candidate >= 0 {
            let common = commonCount(candidate, rest, memory)
            for _ in 0..<Self.longestWay {
                if candidate < 0 || needles[candidate].count <= common { return candidate }
                candidate = ancestors[candidate]
            }
            if candidate < 0 || needles[candidate].count <= common { return candidate }
            if common == rest.count { continue }
            rest = rest.extracting(..<common)
            candidate = upperBound(of: rest, memory) - 1
        }
        return -1
    }

    private func shortOpenSuffix(of text: Span<UInt8>, _ memory: Span<UInt8>) -> Int {
        for start in max(0, text.count - shortSuffixLimit)..<text.count where mayBegin(text, start)
        {
            let suffix = text.extracting(start...)
            let next = upperBound(of: suffix, memory)
            if next < needles.count, begins(next, with: suffix, memory) { return start }
        }
        return text.count
    }

    private func mayBegin(_ text: Span<UInt8>, _ start: Int) -> Bool {
        if start + 1 == text.count { return true }
        let pair = Int(text[start]) << 8 | Int(text[start + 1])
        return beginnings[pair >> 6] >> UInt64(pair & 63) & 1 != 0
    }

    /// The first needle that sorts after `text`; those that `text` is a proper prefix of begin there.
    private func upperBound(of text: Span<UInt8>, _ memory: Span<UInt8>) -> Int {
        var low = 0
        var high = needles.count
        while low < high {
            let middle = (low + high) / 2
            let needle = needles[middle]
            let common = commonPrefixCount(memory.extracting(needle.bytes), text)
            let isAfter =
                common < needle.count
                && (common == text.count || memory[needle.start + common] > text[common])
            if isAfter { high = middle } else { low = middle + 1 }
        }
        return low
    }

    private func begins(_ needle: Int, with text: Span<UInt8>, _ memory: Span<UInt8>) -> Bool {
        commonCount(needle, text, memory) == text.count
    }

    private func commonCount(_ needle: Int, _ text: Span<UInt8>, _ memory: Span<UInt8>) -> Int {
        commonPrefixCount(memory.extracting(needles[needle].bytes), text)
    }
}
