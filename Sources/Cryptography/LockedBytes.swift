// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns bytes that must not leave this process's memory: locked, out of core dumps, wiped on release.
///
/// The block lies in OpenSSL's secure heap (see OPENSSL_secure_malloc(3)), which `SecureHeap.open`
/// sets up. It cannot be copied, printed or interpolated; bytes are lent to a closure.
@safe package struct LockedBytes: ~Copyable, @unchecked Sendable {
    private let base: UnsafeMutableRawPointer
    /// How many bytes it holds.
    package let count: Int

    /// Copies `bytes` into the secure heap.
    ///
    /// - Throws: `CryptographyError` when the secure heap is full.
    package init(copying bytes: Span<UInt8>) throws(CryptographyError) {
        count = bytes.count
        guard let block = unsafe CRYPTO_secure_malloc(max(count, 1), #fileID, #line) else {
            throw CryptographyError.secureHeapFull(byteCount: bytes.count)
        }
        unsafe base = block
        unsafe bytes.withUnsafeBytes { source in
            if let start = source.baseAddress {
                unsafe block.copyMemory(from: start, byteCount: source.count)
            }
        }
    }

    deinit { unsafe CRYPTO_secure_clear_free(base, max(count, 1), #fileID, #line) }

    /// Lends the bytes to `body`, which must not keep a copy outside locked memory.
    package borrowing func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        let start = unsafe base.assumingMemoryBound(to: UInt8.self)
        return try body(unsafe Span(_unsafeStart: start, count: count))
    }
}
