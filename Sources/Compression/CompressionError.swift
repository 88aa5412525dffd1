// SPDX-License-Identifier: Apache-2.0

/// Compressed data that cannot be read.
package struct CompressionError: Error, Equatable, Sendable, CustomStringConvertible {
    /// The library's function.
    package let operation: String
    /// Its return code.
    package let code: Int32
    /// Its own words.
    package let message: String

    package var description: String { "\(operation): \(message)" }
}
