// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Makes the tables of a `NeedleAutomaton`.
struct NeedleAutomatonBuilder {
    let region: LockedRegion
    let rowShift: UInt32
    let linksStart: Int
    let rowCount: Int
    private(set) var endings: [Int32]
    private(set) var endingCounts: [UInt16]
    private(set) var openCounts: [UInt16]

    private let trie: NeedleTrie
    /// By node: the state without its flag of an ending; the node of the longest suffix that is a node.
    private var states: [UInt32]
    private var suffixes: [Int32]
    /// By state's number: its node.
    private var nodes: [Int32]

    /// Builds the tables.
    ///
    /// - Parameters:
    ///   - needles: in the order of their bytes; not none.
    ///   - memory: where their bytes lie.
    ///   - mostWords: so many words all states may have rows in.
    /// - Throws: the kernel's refusal of so much memory.
    init(
        _ needles: [Needle],
        _ memory: Span<UInt8>,
        mostWords: Int = NeedleAutomaton.mostWords
    ) throws(SystemError) {
        trie = NeedleTrie(needles, memory)
        let count = trie.count
        let kinds = Self.kinds(needles, memory)
        let kindCount = Int(kinds.max() ?? 0) + 1
        rowShift = UInt32(kindCount == 1 ? 0 : Int.bitWidth - (kindCount - 1).leadingZeroBitCount)
        let allHaveRows = count << Int(rowShift) <= mostWords
        states = []
        states.reserveCapacity(count)
        nodes = []
        nodes.reserveCapacity(count)
        var links: [Int32] = []
        for node in 0..<count {
            if allHaveRows || node == 0 || trie.isFork(node) {
                states.append(UInt32(nodes.count))
                nodes.append(Int32(node))
            } else {
                states.append(UInt32(links.count) | NeedleAutomaton.linkFlag)
                links.append(Int32(node))
            }
        }
        rowCount = nodes.count
        nodes += links
        linksStart = NeedleAutomaton.rowsStart + rowCount << Int(rowShift) * 4
        region = try LockedRegion(
            minimumByteCount: linksStart + links.count * NeedleAutomaton.linkByteCount + 8
        )
        suffixes = Array(repeating: 0, count: count)
        endings = Array(repeating: -1, count: count)
        endingCounts = Array(repeating: 0, count: count)
        openCounts = Array(repeating: 0, count: count)
        for (byte, kind) in kinds.enumerated() {
            region.store(UInt8(kind & 0xFF), at: 2 * byte)
            region.store(UInt8(kind >> 8), at: 2 * byte + 1)
        }
        fill(needles, memory, kinds, kindCount)
    }

    /// The bytes that needles have, numbered from 1.
    private static func kinds(_ needles: [Needle], _ memory: Span<UInt8>) -> [UInt16] {
        var isUsed = [Bool](repeating: false, count: 256)
        for needle in needles {
            for place in needle.bytes { isUsed[Int(memory[place])] = true }
        }
        var last: UInt16 = 0
        return isUsed.map { isUsed in
            if !isUsed { return 0 }
            last += 1
            return last
        }
    }

    /// Fills in the states, the shorter beginnings first: what a longer one needs is there then.
    private mutating func fill(
        _ needles: [Needle],
        _ memory: Span<UInt8>,
        _ kinds: [UInt16],
        _ kindCount: Int
    ) {
        func kind(_ node: Int) -> UInt32 { UInt32(kinds[Int(trie.label(node, needles, memory))]) }
        settle(0, needles)
        for node in trie.byDepth.lazy.map(Int.init) {
            let suffix = Int(suffixes[node])
            var child = trie.hasChildren(node) ? node + 1 : -1
            let isLink = states[node] & NeedleAutomaton.linkFlag != 0
            if !isLink { fillRow(of: node, kindCount, needles, memory, kinds) }
            if isLink { fillLink(of: node, child < 0 ? .max : kind(child)) }
            while child >= 0 {
                let kind = kind(child)
                suffixes[child] =
                    node == 0 ? 0 : Int32(next(suffix, kind, needles, memory, kinds))
                settle(child, needles)
                let target = flagged(child)
                if isLink {
                    region.store(target, at: linkPlace(node) + 4)
                } else {
                    region.store(target, at: rowPlace(node) + 4 * Int(kind))
                }
                child = Int(trie.siblings[child])
            }
        }
    }

    /// A row starts as that of the suffix.
    private func fillRow(
        of node: Int,
        _ kindCount: Int,
        _ needles: [Needle],
        _ memory: Span<UInt8>,
        _ kinds: [UInt16]
    ) {
        if node == 0 { return }
        let suffix = Int(suffixes[node])
        let row = rowPlace(node)
        for kind in 0..<UInt32(kindCount) {
            let target =
                states[suffix] & NeedleAutomaton.linkFlag == 0
                ? word(at: rowPlace(suffix) + 4 * Int(kind))
                : flagged(next(suffix, kind, needles, memory, kinds))
            region.store(target, at: row + 4 * Int(kind))
        }
    }

    private func fillLink(of node: Int, _ kind: UInt32) {
        region.store(kind, at: linkPlace(node))
        region.store(states[Int(suffixes[node])], at: linkPlace(node) + 8)
    }

    /// The node that a byte leads to from one that is filled in.
    private func next(
        _ start: Int,
        _ kind: UInt32,
        _ needles: [Needle],
        _ memory: Span<UInt8>,
        _ kinds: [UInt16]
    ) -> Int {
        var node = start
        while states[node] & NeedleAutomaton.linkFlag != 0 {
            if trie.hasChildren(node),
                UInt32(kinds[Int(trie.label(node + 1, needles, memory))]) == kind
            {
                return node + 1
            }
            node = Int(suffixes[node])
        }
        let state = word(at: rowPlace(node) + 4 * Int(kind))
        let number = Int(state & NeedleAutomaton.numberMask)
        return Int(nodes[state & NeedleAutomaton.linkFlag == 0 ? number : rowCount + number])
    }

    /// Notes what ends at a node and what it leaves open, as is known of its suffix.
    private mutating func settle(_ node: Int, _ needles: [Needle]) {
        let (own, suffix) = (number(of: node), number(of: Int(suffixes[node])))
        let end = Int(trie.ends[node])
        endings[own] = end >= 0 ? Int32(end) : endings[suffix]
        endingCounts[own] = end >= 0 ? UInt16(needles[end].count) : endingCounts[suffix]
        openCounts[own] = trie.hasChildren(node) ? trie.depths[node] : openCounts[suffix]
    }

    private func number(of node: Int) -> Int {
        let number = Int(states[node] & NeedleAutomaton.numberMask)
        return states[node] & NeedleAutomaton.linkFlag == 0 ? number : rowCount + number
    }

    /// A node's state, with the flag that a needle ends there.
    private func flagged(_ node: Int) -> UInt32 {
        states[node] | (endings[number(of: node)] >= 0 ? NeedleAutomaton.endingFlag : 0)
    }

    private func rowPlace(_ node: Int) -> Int {
        NeedleAutomaton.rowsStart + 4 * Int(states[node]) << Int(rowShift)
    }

    private func linkPlace(_ node: Int) -> Int {
        linksStart
            + NeedleAutomaton.linkByteCount * Int(states[node] & NeedleAutomaton.numberMask)
    }

    private func word(at place: Int) -> UInt32 {
        region.withBytes(place..<place + 8) { UInt32(truncatingIfNeeded: $0.word(at: 0)) }
    }
}
