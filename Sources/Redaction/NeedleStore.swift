// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// All needles of a redactor, their bytes in locked memory.
///
/// The policy half writes one after another: `append` its bytes, then `commit`. Needles are never
/// removed and their bytes never move within a region, so that a compiled index may read on while
/// more are added.
struct NeedleStore: ~Copyable {
    private(set) var needles: [Needle] = []
    private var buffer: LockedBuffer
    private var committed = 0
    /// Needles by the hash of their bytes, to drop duplicates.
    private var places: [Int: [Int]] = [:]

    /// What a reader may load past a needle's end: one word.
    static let slack = 8

    init() {
        do {
            buffer = try LockedBuffer(capacity: 16384 - Self.slack, slack: Self.slack)
        } catch {
            preconditionFailure("memory for secrets can be mapped: \(error)")
        }
    }

    var region: LockedRegion { buffer.region }

    mutating func append(_ byte: UInt8) {
        buffer.append(byte)
    }

    mutating func append(_ bytes: Span<UInt8>) {
        buffer.append(bytes)
    }

    /// Makes the bytes since the last commit a needle.
    ///
    /// One that is too short or is there already is dropped; one that is too long becomes several, which
    /// touch where the whole is printed and so make one mask.
    mutating func commit(secret: Int, encoding: NeedleEncoding) {
        let end = buffer.count
        if end - committed < Needle.minimumCount { return discard() }
        if end - committed <= Needle.maximumCount {
            let needle = Needle(
                start: committed,
                count: end - committed,
                secret: secret,
                encoding: encoding
            )
            return insert(needle) ? (committed = end) : discard()
        }
        var start = committed
        while start < end {
            // The last two share what is left, so that no piece is short.
            let left = end - start
            let count =
                left <= Needle.maximumCount
                ? left : min(Needle.maximumCount, max(left / 2, left - Needle.maximumCount))
            _ = insert(Needle(start: start, count: count, secret: secret, encoding: encoding))
            start += count
        }
        committed = end
    }

    /// Forgets the bytes since the last commit.
    mutating func discard() {
        buffer.truncate(to: committed)
    }

    private mutating func insert(_ needle: Needle) -> Bool {
        let hash = region.withBytes(needle.bytes) { bytes in
            var hasher = Hasher()
            for index in bytes.indices { hasher.combine(bytes[index]) }
            return hasher.finalize()
        }
        for place in places[hash, default: []] where isEqual(needles[place], needle) {
            return false
        }
        places[hash, default: []].append(needles.count)
        needles.append(needle)
        return true
    }

    private func isEqual(_ one: Needle, _ other: Needle) -> Bool {
        one.count == other.count
            && region.withBytes(one.bytes) { first in
                region.withBytes(other.bytes) { commonPrefixCount(first, $0) == one.count }
            }
    }
}
