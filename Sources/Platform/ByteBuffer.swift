// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A growing buffer that is filled span by span and emptied whole; it keeps its memory.
@safe package struct ByteBuffer: ~Copyable, @unchecked Sendable {
    private var start: UnsafeMutablePointer<UInt8>
    private var capacity: Int
    package private(set) var count = 0

    /// Reserves `capacity` bytes; it doubles when they do not do.
    package init(capacity: Int) {
        self.capacity = max(capacity, 64)
        unsafe start = .allocate(capacity: self.capacity)
    }

    deinit { unsafe start.deallocate() }

    /// Appends a copy of `bytes`.
    package mutating func append(_ bytes: borrowing Span<UInt8>) {
        append(bytes, 0..<bytes.count)
    }

    /// Appends a copy of a part of `bytes`.
    package mutating func append(_ bytes: borrowing Span<UInt8>, _ range: Range<Int>) {
        precondition(range.lowerBound >= 0 && range.upperBound <= bytes.count, "a part is within")
        reserve(range.count)
        unsafe bytes.withUnsafeBufferPointer { source in
            if let first = source.baseAddress {
                let from = unsafe first.advanced(by: range.lowerBound)
                unsafe start.advanced(by: count).update(from: from, count: range.count)
            }
        }
        count += range.count
    }

    /// Forgets what it holds.
    package mutating func removeAll() {
        count = 0
    }

    /// Lends what it holds.
    package borrowing func withBytes<Outcome, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        try body(unsafe Span(_unsafeStart: start, count: count))
    }

    private mutating func reserve(_ more: Int) {
        guard count + more > capacity else { return }
        let larger = max(capacity * 2, count + more)
        let block = UnsafeMutablePointer<UInt8>.allocate(capacity: larger)
        unsafe block.update(from: start, count: count)
        unsafe start.deallocate()
        unsafe start = block
        capacity = larger
    }
}
