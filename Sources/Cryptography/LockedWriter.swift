// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Gathers bytes in locked memory, piece by piece, until `finish()` makes them `LockedBytes`.
///
/// It grows by doubling; the block that it leaves behind is wiped. What it holds is wiped when it is
/// dropped unfinished.
@safe package struct LockedWriter: ~Copyable {
    private var base: UnsafeMutableRawPointer
    /// How many bytes fit before it has to grow.
    package private(set) var capacity: Int
    /// How many bytes it holds.
    package private(set) var count = 0

    /// Reserves room for `capacity` bytes.
    ///
    /// - Throws: `CryptographyError` when the secure heap is full.
    package init(capacity: Int) throws(CryptographyError) {
        self.capacity = max(capacity, 1)
        unsafe base = try Self.allocate(self.capacity)
    }

    deinit { unsafe CRYPTO_secure_clear_free(base, capacity, #fileID, #line) }

    /// Appends one byte.
    package mutating func append(_ byte: UInt8) throws(CryptographyError) {
        if count == capacity { try reserve(1) }
        unsafe base.storeBytes(of: byte, toByteOffset: count, as: UInt8.self)
        count += 1
    }

    /// Appends bytes, which must not be this buffer's own.
    package mutating func append(_ bytes: Span<UInt8>) throws(CryptographyError) {
        try reserve(bytes.count)
        unsafe bytes.withUnsafeBytes { source in
            if let start = source.baseAddress {
                unsafe base.advanced(by: count).copyMemory(from: start, byteCount: source.count)
            }
        }
        count += bytes.count
    }

    /// Makes room for at least `byteCount` more bytes.
    ///
    /// - Throws: `CryptographyError` when the secure heap is full; what is held stays.
    package mutating func reserve(_ byteCount: Int) throws(CryptographyError) {
        if count + byteCount <= capacity { return }
        let larger = max(capacity * 2, count + byteCount)
        let block = unsafe try Self.allocate(larger)
        unsafe block.copyMemory(from: base, byteCount: count)
        unsafe CRYPTO_secure_clear_free(base, capacity, #fileID, #line)
        unsafe base = block
        capacity = larger
    }

    /// Lends the room that is left to `fill`, which appends to it.
    ///
    /// What `fill` has appended before it throws stays appended.
    package mutating func fill<Outcome: ~Copyable, Failure: Error>(
        _ fill: (inout OutputSpan<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        let room = unsafe UnsafeMutableBufferPointer(
            start: base.advanced(by: count).assumingMemoryBound(to: UInt8.self),
            count: capacity - count
        )
        var output = unsafe OutputSpan(buffer: room, initializedCount: 0)
        do throws(Failure) {
            let outcome = try fill(&output)
            count += unsafe output.finalize(for: room)
            return outcome
        } catch {
            count += unsafe output.finalize(for: room)
            throw error
        }
    }

    /// Lends what it holds so far.
    package borrowing func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        let start = unsafe base.assumingMemoryBound(to: UInt8.self)
        return try body(unsafe Span(_unsafeStart: start, count: count))
    }

    /// Drops bytes from the end; they stay in the block and are wiped with it.
    package mutating func removeLast(_ byteCount: Int) {
        precondition(byteCount <= count, "no more bytes are dropped than there are")
        count -= byteCount
    }

    /// Turns what was gathered into its final form, without a copy.
    package consuming func finish() -> LockedBytes {
        let bytes = unsafe LockedBytes(owning: base, capacity: capacity, count: count)
        discard self
        return bytes
    }

    private static func allocate(
        _ byteCount: Int
    ) throws(CryptographyError) -> UnsafeMutableRawPointer {
        guard let block = unsafe CRYPTO_secure_malloc(byteCount, #fileID, #line) else {
            throw CryptographyError.secureHeapFull(byteCount: byteCount)
        }
        return unsafe block
    }
}
