// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// The content of a request or an answer.
package enum HTTPBody: Sendable {
    case plain([UInt8])
    /// Content that may hold a secret.
    case locked(SharedLockedBytes)

    /// How many bytes it has.
    package var count: Int {
        switch self {
        case .plain(let bytes): bytes.count
        case .locked(let shared): shared.bytes.count
        }
    }

    /// Lends the bytes to `body`, which must not keep a copy of locked ones.
    package func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        switch self {
        case .plain(let bytes): try body(bytes.span)
        case .locked(let shared): try shared.bytes.withBytes(body)
        }
    }
}
