// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Derives a key from a passphrase at a cost that slows guessing down (RFC 7914).
package enum Scrypt {
    /// What one derivation costs: about `128 * N * r` bytes of memory and `p` passes over them.
    package struct Cost: Sendable, Hashable {
        /// The base-2 logarithm of N.
        package var logarithmOfN: Int
        /// The block size, in 128 bytes.
        package var r: Int
        /// How many passes.
        package var p: Int

        package init(logarithmOfN: Int, r: Int, p: Int) {
            self.logarithmOfN = logarithmOfN
            self.r = r
            self.p = p
        }

        /// 128 MiB and a few tenths of a second.
        package static let interactive = Cost(logarithmOfN: 17, r: 8, p: 1)

        /// The bytes of memory that a derivation takes.
        package var byteCount: Int { 128 * r * (1 << logarithmOfN) + 128 * r * p }

        /// Whether a derivation stays within 1 GiB and what RFC 7914 allows.
        ///
        /// A cost read from a file must be asked, lest the file's writer choose ours.
        package var isReasonable: Bool {
            (1...24).contains(logarithmOfN) && (1...64).contains(r) && (1...16).contains(p)
                && byteCount <= 1 << 30
        }
    }

    /// Derives `byteCount` bytes.
    package static func derive(
        _ passphrase: Span<UInt8>,
        salt: Span<UInt8>,
        cost: Cost,
        byteCount: Int
    ) throws(CryptographyError) -> LockedBytes {
        precondition(cost.isReasonable, "a cost is checked before it is used")
        var buffer = try LockedWriter(capacity: byteCount)
        try buffer.fill { output throws(CryptographyError) in
            output.append(repeating: 0, count: byteCount)
            var key = output.mutableSpan
            let code = unsafe key.withUnsafeMutableBufferPointer { key in
                unsafe passphrase.withUnsafeBytes { passphrase in
                    unsafe salt.withUnsafeBufferPointer { salt in
                        unsafe EVP_PBE_scrypt(
                            passphrase.baseAddress?.assumingMemoryBound(to: CChar.self),
                            passphrase.count,
                            salt.baseAddress,
                            salt.count,
                            1 << UInt64(cost.logarithmOfN),
                            UInt64(cost.r),
                            UInt64(cost.p),
                            // Room for libcrypto's own bookkeeping beside the blocks.
                            UInt64(cost.byteCount) + 1 << 20,
                            key.baseAddress,
                            key.count
                        )
                    }
                }
            }
            try LibcryptoCheck.succeeded(code, "EVP_PBE_scrypt")
        }
        return buffer.finish()
    }
}
