// SPDX-License-Identifier: Apache-2.0

/// How many masks were printed, for each needle while its state of the redactor lasts, then by secret and form.
struct MaskTally {
    private var compiled: CompiledSecrets?
    private var counts: [Int] = []
    private var former: [MaskCount.Key: Int] = [:]

    /// Notes the needles whose masks a stream printed.
    mutating func add(_ printed: [Int], _ compiled: CompiledSecrets) {
        if self.compiled !== compiled {
            former = total
            self.compiled = compiled
            counts = Array(repeating: 0, count: compiled.index.needles.count)
        }
        for needle in printed { counts[needle] += 1 }
    }

    /// All of them.
    var total: [MaskCount.Key: Int] {
        guard let compiled else { return former }
        var total = former
        for (needle, count) in counts.enumerated() where count > 0 {
            total[compiled.key(ofNeedle: needle), default: 0] += count
        }
        return total
    }
}
