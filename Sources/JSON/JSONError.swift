// SPDX-License-Identifier: Apache-2.0

/// Why a text is not JSON (RFC 8259).
package struct JSONError: Error, Hashable, Sendable, CustomStringConvertible {
    /// Where reading stopped: a byte offset from 0, at most the length of the text.
    package let offset: Int
    /// What was found and what was expected; never a value of the text.
    package let message: String

    package init(at offset: Int, _ message: String) {
        self.offset = offset
        self.message = message
    }

    package var description: String { "invalid JSON at byte \(offset): \(message)" }
}
