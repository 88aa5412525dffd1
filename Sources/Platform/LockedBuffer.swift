// SPDX-License-Identifier: Apache-2.0

/// Bytes in locked memory that grow at their end.
///
/// Growing moves them to a larger region; the former one is wiped when its last reader lets go.
package struct LockedBuffer: ~Copyable {
    /// Where the bytes lie, from offset 0; at least `slack` readable bytes follow them.
    package private(set) var region: LockedRegion
    package private(set) var count = 0
    private let slack: Int

    /// Maps an empty buffer; mmap(2).
    ///
    /// - Parameters:
    ///   - capacity: how many bytes fit before it grows first.
    ///   - slack: bytes after the last one that a reader may load.
    /// - Throws: the kernel's refusal to map that much.
    package init(capacity: Int, slack: Int = 0) throws(SystemError) {
        region = try LockedRegion(minimumByteCount: capacity + slack)
        self.slack = slack
    }

    package mutating func append(_ byte: UInt8) {
        reserve(1)
        region.store(byte, at: count)
        count += 1
    }

    package mutating func append(_ bytes: Span<UInt8>) {
        reserve(bytes.count)
        region.store(bytes, at: count)
        count += bytes.count
    }

    /// Drops the bytes from `newCount` on and wipes them.
    package mutating func truncate(to newCount: Int) {
        precondition(newCount >= 0 && newCount <= count, "a buffer is cut within its bytes")
        region.wipe(newCount..<count)
        count = newCount
    }

    /// Lends the bytes.
    package borrowing func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        try region.withBytes(0..<count, body)
    }

    private mutating func reserve(_ more: Int) {
        let needed = count + more + slack
        if needed <= region.byteCount { return }
        do {
            let larger = try LockedRegion(minimumByteCount: max(needed, region.byteCount * 2))
            region.withBytes(0..<count) { larger.store($0, at: 0) }
            region = larger
        } catch {
            preconditionFailure("memory for secrets can be mapped: \(error)")
        }
    }
}
