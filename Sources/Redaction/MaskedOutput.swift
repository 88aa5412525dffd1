// SPDX-License-Identifier: Apache-2.0

/// Builds what leaves for one write: the text with masks in place of what needles cover.
struct MaskedOutput {
    private(set) var bytes: [UInt8] = []
    /// Whether the last thing that left is a mask: another one that touches it is not printed again.
    private(set) var endsInMask = false
    /// How many bytes after the last call's limit the mask that it ended in covers.
    private(set) var coveredCount = 0
    /// The needles of the masks that were printed since `begin`.
    private(set) var printed: [Int] = []

    /// Starts the next write's output.
    mutating func begin() {
        bytes.removeAll(keepingCapacity: true)
        printed.removeAll(keepingCapacity: true)
    }

    /// Says that text without any mask has left.
    mutating func passed() {
        endsInMask = false
    }

    /// Adds a text up to `limit`.
    ///
    /// - Parameters:
    ///   - text: what was held back, then what is new.
    ///   - found: the masks in all of it.
    ///   - start: bytes before it have left already.
    ///   - limit: bytes from here on are held back.
    ///   - compiled: knows the masks.
    mutating func add(
        _ text: Span<UInt8>,
        _ found: FoundMasks,
        from start: Int = 0,
        upTo limit: Int,
        _ compiled: CompiledSecrets
    ) {
        var covered = max(coveredCount - limit, 0)
        var place = max(start, min(coveredCount, limit))
        for mask in found.masks where mask.end > place {
            if mask.start >= limit { break }
            pass(text, place..<max(mask.start, place))
            if !endsInMask {
                bytes += compiled.mask(ofNeedle: mask.needle)
                printed.append(mask.needle)
            }
            endsInMask = true
            place = max(place, min(mask.end, limit))
            covered = max(covered, mask.end - limit)
        }
        pass(text, place..<max(limit, place))
        coveredCount = covered
    }

    /// Adds a text up to `limit`.
    mutating func add(
        _ text: [UInt8],
        _ found: FoundMasks,
        from start: Int = 0,
        upTo limit: Int,
        _ compiled: CompiledSecrets
    ) {
        add(text.span, found, from: start, upTo: limit, compiled)
    }

    private mutating func pass(_ text: Span<UInt8>, _ range: Range<Int>) {
        if range.isEmpty { return }
        bytes.append(text.extracting(range))
        endsInMask = false
    }
}
