// SPDX-License-Identifier: Apache-2.0

extension NeedleIndex {
    /// Every place where a secret stands, those of one secret that overlap or touch as one, in order.
    func matches(in text: Span<UInt8>) -> [FoundMasks.Mask] {
        var scratch = ScanScratch(keepsMatches: true)
        _ = scan(text, into: &scratch)
        var bySecret: [Int: FoundMasks] = [:]
        // In the order of their starts, and of their ends where those are the same.
        let matches = scratch.matches.sorted { ($0.start, $0.end) < ($1.start, $1.end) }
        for match in matches {
            bySecret[needles[match.needle].secret, default: FoundMasks()].add(match)
        }
        return bySecret.values.flatMap(\.masks).sorted { $0.start < $1.start }
    }
}
