// SPDX-License-Identifier: Apache-2.0

/// What a scan finds, with storage that is used again from scan to scan.
struct ScanScratch {
    /// The masks of all length classes.
    private(set) var found = FoundMasks()
    /// Those of the class that is being scanned.
    var current = FoundMasks()
    private var spare = FoundMasks()

    mutating func removeAll() {
        found.removeAll()
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
