// SPDX-License-Identifier: Apache-2.0

/// How long a stream may go on looking needles up before it turns to the automaton.
///
/// Looking up is faster by far on what logs consist of, and slower by far on what consists of beginnings
/// of needles. A text earns some effort with each byte, looking up spends it; where all is spent the
/// automaton takes over for a while. So no text takes longer than some nanoseconds a byte.
struct ScanEffort {
    /// About 6 ns a byte, one of effort being 2 ns.
    private static let earned = 3
    /// What is saved up at most: some 25 us.
    private static let mostSaved = 12_000
    /// So many bytes the automaton takes before looking up is tried again.
    private static let automatonByteCount = 1 << 20

    private var saved = mostSaved
    private var automatonLeft = 0

    /// Begins with so many bytes of text.
    ///
    /// - Returns: whether the automaton should take them.
    mutating func begin(_ byteCount: Int) -> Bool {
        if automatonLeft > 0 {
            automatonLeft -= byteCount
            return true
        }
        saved = min(saved + Self.earned * byteCount, Self.mostSaved)
        return false
    }

    mutating func spend(_ effort: Int) { saved -= effort }

    /// Whether all is spent, and a loan besides.
    func isSpent(loan: Int) -> Bool { saved < -loan }

    /// Turns to the automaton.
    mutating func turn() {
        saved = Self.mostSaved
        automatonLeft = Self.automatonByteCount
    }
}
