// SPDX-License-Identifier: Apache-2.0

/// Finds what a misspelt name probably stood for.
package enum NearMiss {
    /// The candidate that differs least from a name.
    ///
    /// Inserted, missing, wrong and swapped neighbouring letters count one each; upper and lower case do not
    /// count. Names of up to three letters may differ by one, longer ones by two.
    ///
    /// - Parameters:
    ///   - name: what was written.
    ///   - candidates: what would have been right; the earlier one is taken when several are as near.
    /// - Returns: `nil` when none is near enough, and for a name over 100 bytes.
    package static func suggestion(
        for name: String,
        among candidates: some Sequence<String>
    ) -> String? {
        let wanted = Array(name.lowercased().utf8)
        if wanted.isEmpty || wanted.count > 100 { return nil }
        var best: (candidate: String, distance: Int)?
        for candidate in candidates where candidate != name {
            let other = Array(candidate.lowercased().utf8)
            let limit = max(wanted.count, other.count) <= 3 ? 1 : 2
            if abs(other.count - wanted.count) > limit { continue }
            let distance = distance(wanted, other)
            if distance <= limit, distance < wanted.count, distance < best?.distance ?? .max {
                best = (candidate, distance)
            }
        }
        return best?.candidate
    }

    /// The suggestion as a diagnostic's hint: ``did you mean `version`?``.
    package static func hint(
        for name: String,
        among candidates: some Sequence<String>
    ) -> String? {
        suggestion(for: name, among: candidates).map { "did you mean `\($0)`?" }
    }

    /// Optimal string alignment: Levenshtein's distance, and a swap of neighbours counts one.
    private static func distance(_ a: [UInt8], _ b: [UInt8]) -> Int {
        var beforeLast: [Int] = []
        var last = Array(0...b.count)
        for i in a.indices.map({ $0 + 1 }) {
            var row = [i] + [Int](repeating: 0, count: b.count)
            for j in b.indices.map({ $0 + 1 }) {
                let change = last[j - 1] + (a[i - 1] == b[j - 1] ? 0 : 1)
                row[j] = min(last[j] + 1, row[j - 1] + 1, change)
                if i > 1, j > 1, a[i - 1] == b[j - 2], a[i - 2] == b[j - 1] {
                    row[j] = min(row[j], beforeLast[j - 2] + 1)
                }
            }
            (beforeLast, last) = (last, row)
        }
        return last[b.count]
    }
}
