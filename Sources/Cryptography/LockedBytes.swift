// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns bytes that must not leave this process's memory: locked, out of core dumps, wiped on release.
///
/// The block lies in OpenSSL's secure heap (see OPENSSL_secure_malloc(3)), which `SecureHeap.open`
/// sets up. It cannot be copied, printed or interpolated; bytes are lent to a closure. Blocks are
/// buddies: one of 1025 bytes takes 2048 of the heap. `LockedWriter` makes one piece by piece.
@safe package struct LockedBytes: ~Copyable, @unchecked Sendable {
    // Written before this owner exists and never again, hence safe to read from any thread.
    private let base: UnsafeMutableRawPointer
    /// What was asked of the heap, at least `count`.
    private let capacity: Int
    /// How many bytes it holds.
    package let count: Int

    /// Copies `bytes` into the secure heap.
    ///
    /// - Throws: `CryptographyError` when the secure heap is full.
    package init(copying bytes: Span<UInt8>) throws(CryptographyError) {
        var buffer = try LockedWriter(capacity: bytes.count)
        try buffer.append(bytes)
        self = buffer.finish()
    }

    /// Joins two pieces.
    ///
    /// - Throws: `CryptographyError` when the secure heap is full.
    package init(
        joining first: borrowing LockedBytes,
        _ second: borrowing LockedBytes
    ) throws(CryptographyError) {
        var buffer = try LockedWriter(capacity: first.count + second.count)
        try first.withBytes { bytes throws(CryptographyError) in try buffer.append(bytes) }
        try second.withBytes { bytes throws(CryptographyError) in try buffer.append(bytes) }
        self = buffer.finish()
    }

    /// Takes over a block of the secure heap.
    @unsafe init(owning base: UnsafeMutableRawPointer, capacity: Int, count: Int) {
        unsafe self.base = base
        self.capacity = capacity
        self.count = count
    }

    deinit { unsafe CRYPTO_secure_clear_free(base, capacity, #fileID, #line) }

    /// Lends the bytes to `body`, which must not keep a copy outside locked memory.
    package borrowing func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        let start = unsafe base.assumingMemoryBound(to: UInt8.self)
        return try body(unsafe Span(_unsafeStart: start, count: count))
    }

    /// Whether both hold the same bytes; takes as long for a first difference as for a last one.
    package borrowing func isEqual(to other: borrowing LockedBytes) -> Bool {
        withBytes { left in other.withBytes { right in ConstantTime.areEqual(left, right) } }
    }
}
