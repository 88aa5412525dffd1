// SPDX-License-Identifier: Apache-2.0

/// The leaks of one piece of text, each place once however many ways there are to see it.
struct LeakHits {
    private(set) var hits: [LeakHit] = []
    /// Of each subject the places so far, in order; they do not overlap.
    private var places: [LeakFinding.Subject: [Range<Int>]] = [:]

    /// Adds a leak, unless its subject is known to stand there.
    mutating func add(_ hit: LeakHit) {
        let known = places[hit.subject, default: []]
        var low = 0
        var high = known.count
        // The first place that ends after the new one begins.
        while low < high {
            let middle = (low + high) / 2
            if known[middle].upperBound > hit.range.lowerBound {
                high = middle
            } else {
                low = middle + 1
            }
        }
        if low < known.count, known[low].lowerBound < hit.range.upperBound { return }
        places[hit.subject, default: []].insert(hit.range, at: low)
        hits.append(hit)
    }
}
