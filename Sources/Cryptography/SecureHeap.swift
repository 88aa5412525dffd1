// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// The one arena of locked memory that all `LockedBytes` of the process share.
package enum SecureHeap {
    package enum Outcome: Sendable {
        case locked
        /// It works, but the memory-lock limit was too small: pages may be swapped.
        case unlocked
        case unavailable
    }

    /// Sets the arena up; call once, before the first `LockedBytes` and after any fork.
    ///
    /// - Parameter byteCount: a power of two.
    package static func open(byteCount: Int) -> Outcome {
        precondition(byteCount.nonzeroBitCount == 1, "the secure heap's size is a power of two")
        return switch CRYPTO_secure_malloc_init(byteCount, 32) {
        case 1: .locked
        case 2: .unlocked
        default: .unavailable
        }
    }
}
