// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Comparisons whose duration says nothing about where two values differ.
package enum ConstantTime {
    /// Whether both hold the same bytes.
    ///
    /// Only the lengths may be learned from the time it takes.
    package static func areEqual(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Bool {
        if left.count != right.count { return false }
        return unsafe left.withUnsafeBytes { first in
            unsafe right.withUnsafeBytes { second in
                guard let first = first.baseAddress, let second = second.baseAddress else {
                    return true
                }
                return unsafe CRYPTO_memcmp(first, second, left.count) == 0
            }
        }
    }
}
