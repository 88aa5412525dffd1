// SPDX-License-Identifier: Apache-2.0

/// Why a cryptographic operation failed.
package enum CryptographyError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The secure heap has no block of that size left.
    case secureHeapFull(byteCount: Int)
    /// The bytes were altered, or belong to another key.
    case notAuthentic
    /// A libcrypto call failed: its name and the library's own words.
    case failed(operation: String, message: String)

    package var description: String {
        switch self {
        case .secureHeapFull(let count):
            "the locked memory for secrets is full: no room for \(count) more bytes"
        case .notAuthentic: "the bytes do not verify under this key"
        case .failed(let operation, let message): "\(operation): \(message)"
        }
    }
}
