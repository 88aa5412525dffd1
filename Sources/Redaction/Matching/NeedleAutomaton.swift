// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Finds all needles in one pass whose time does not depend on the text: what a `NeedleIndex` turns to where
/// a text has so many beginnings of needles that looking each up takes too long.
///
/// A state is the longest suffix of the text so far that some needle begins with. Where needles part, and
/// everywhere if there is room, a state has a row that says the next one for each byte; elsewhere it is
/// a link of a chain: one byte leads on, any other to the same question at the longest suffix that is a state.
///
/// Its tables are as secret as the needles and lie in locked memory, too.
///
/// Source: Aho & Corasick 1975; of the needles that end at a place only the longest is told, which covers the
/// others.
final class NeedleAutomaton: Sendable {
    /// The kinds of bytes (256 numbers of 2 bytes), then the rows, then the chains' links.
    let region: LockedRegion
    /// A row has a word for each kind of byte: bytes that no needle has are of kind 0.
    let rowShift: UInt32
    let linksStart: Int
    let rowCount: Int
    /// By the states' numbers, first those with rows, the length of the longest needle that ends there.
    let endingCounts: [UInt16]
    private let endings: [Int32]
    /// How much of each state some needle goes on from.
    private let openCounts: [UInt16]

    /// How a state is written: with a flag each, and its number among the rows or the links.
    static let endingFlag: UInt32 = 1 << 31
    static let linkFlag: UInt32 = 1 << 30
    static let numberMask: UInt32 = linkFlag - 1
    static let rowsStart = 512
    static let linkByteCount = 16

    /// So many words all states may have rows in.
    static let mostWords = 1 << 20

    init(_ builder: NeedleAutomatonBuilder) {
        region = builder.region
        rowShift = builder.rowShift
        linksStart = builder.linksStart
        rowCount = builder.rowCount
        endings = builder.endings
        endingCounts = builder.endingCounts
        openCounts = builder.openCounts
    }

    /// Where in a text it is, and the mask that it is in.
    struct Cursor {
        var place = 0
        /// The root has the first row.
        var state: UInt32 = 0
        var maskStart = -1
        var maskEnd = -1
        /// The state where the mask came to a longer needle that starts where it does.
        var named: UInt32?
        /// Whether a needle ends at `place` that is not simply more of the mask.
        var isAtEnding = false
    }

    func number(of state: UInt32) -> Int {
        let number = Int(state & Self.numberMask)
        return state & Self.linkFlag == 0 ? number : rowCount + number
    }

    /// Finds every needle in `text` and what its end may still become, as `NeedleIndex.scan` does.
    func scan(_ text: Span<UInt8>, into found: inout FoundMasks) -> Int {
        var cursor = Cursor()
        while true {
            run(&cursor, over: text)
            settle(cursor, &found)
            if !cursor.isAtEnding { break }
            let mask = found.add(match(cursor.state, endingAt: cursor.place))
            (cursor.maskStart, cursor.maskEnd, cursor.named) = (mask.start, mask.end, nil)
        }
        return text.count - Int(openCounts[number(of: cursor.state)])
    }
    /// Notes what the mask has taken in since it was added.
    private func settle(_ cursor: Cursor, _ found: inout FoundMasks) {
        if cursor.maskEnd < 0 { return }
        found.extendLast(to: cursor.maskEnd)
        guard let named = cursor.named else { return }
        let number = number(of: named)
        found.nameLast(by: Int(endings[number]), ofCount: Int(endingCounts[number]))
    }

    /// The longest needle that ends where a state is reached.
    private func match(_ state: UInt32, endingAt end: Int) -> FoundMasks.Mask {
        let number = number(of: state)
        let count = Int(endingCounts[number])
        return .init(
            start: end - count,
            end: end,
            needle: Int(endings[number]),
            needleCount: count
        )
    }
}
