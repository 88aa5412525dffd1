// SPDX-License-Identifier: Apache-2.0

/// How long a stream may go on looking needles up before it turns to the automaton.
///
/// Looking up is faster by far on what logs consist of, and slower by far on what consists of beginnings
/// of needles. A text earns some effort with each byte, looking up spends it; where all is spent the
/// automaton takes over for a while. So no text takes longer than some nanoseconds a byte.
struct ScanEffort {
    /// About 6 ns a byte, one of effort being 2 ns.
    private static let earned = 3

    /// What is saved up at most.
    private let mostSaved: Int
    /// So many bytes the automaton takes before looking up is tried again.
    private let automatonByteCount: Int
    /// Whether an automaton that is not made yet lends what making it costs.
    private let borrows: Bool

    private var saved: Int
    private var automatonLeft = 0
    /// How often looking up took too long.
    private(set) var turnCount = 0

    /// Saves up some 25 us, and turns to the automaton for 1 MiB; tests turn sooner and come back sooner.
    init(mostSaved: Int = 12_000, automatonByteCount: Int = 1 << 20, borrows: Bool = true) {
        self.mostSaved = mostSaved
        self.automatonByteCount = automatonByteCount
        self.borrows = borrows
        saved = mostSaved
    }

    /// Begins with so many bytes of text.
    ///
    /// - Returns: whether the automaton should take them.
    mutating func begin(_ byteCount: Int) -> Bool {
        if automatonLeft > 0 {
            automatonLeft -= byteCount
            return true
        }
        saved = min(saved + Self.earned * byteCount, mostSaved)
        return false
    }

    mutating func spend(_ effort: Int) { saved -= effort }

    /// Whether all is spent, and a loan besides, where there is one; `.max` lends for ever.
    func isSpent(loan: Int) -> Bool {
        saved < (borrows || loan == .max ? -loan : 0)
    }

    /// Turns to the automaton.
    mutating func turn() {
        saved = mostSaved
        automatonLeft = automatonByteCount
        turnCount += 1
    }
}
