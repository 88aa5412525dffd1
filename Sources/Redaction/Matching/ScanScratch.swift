// SPDX-License-Identifier: Apache-2.0

/// What a scan finds, with storage that is used again from scan to scan.
struct ScanScratch {
    /// The masks of all length classes.
    private(set) var found = FoundMasks()
    /// Those of the class that is being scanned.
    private var current = FoundMasks()
    private var spare = FoundMasks()
    /// Every single match, where they are kept.
    private(set) var matches: [FoundMasks.Mask] = []
    let keepsMatches: Bool
    /// Spent over all scans.
    var effort = ScanEffort()

    init(keepsMatches: Bool = false) {
        self.keepsMatches = keepsMatches
    }

    /// Scans by the automaton; what was found before is found again.
    mutating func scan(_ text: Span<UInt8>, by automaton: NeedleAutomaton) -> Int {
        removeAll()
        return automaton.scan(text, into: &found)
    }

    mutating func removeAll() {
        found.removeAll()
        current.removeAll()
        matches.removeAll(keepingCapacity: true)
    }

    /// Adds a match of the class that is being scanned.
    mutating func addCurrent(_ match: FoundMasks.Mask) {
        current.add(match)
        if keepsMatches { matches.append(match) }
    }

    /// Whether what is found of the class that is being scanned covers a place already.
    ///
    /// A match there would change nothing, not even the name, unless every match is wanted.
    func covers(_ start: Int, _ count: Int) -> Bool {
        guard !keepsMatches, let last = current.masks.last else { return false }
        return last.start < start && start + count <= last.end
    }

    mutating func removeCurrent() {
        current.removeAll()
    }

    mutating func mergeCurrent() {
        found.merge(current, spare: &spare)
    }

    /// Adds the end of a text that will not go on, if at least half of a needle stands there.
    ///
    /// Fewer than `minimumCount` bytes are left alone.
    mutating func addCutNeedle(at text: [UInt8], _ index: NeedleIndex, minimumCount: Int) {
        guard let cut = index.halfNeedleSuffix(of: text.span) else { return }
        let count = text.count - cut.start
        if count < minimumCount { return }
        found.add(
            .init(start: cut.start, end: text.count, needle: cut.needle, needleCount: count)
        )
    }
}
