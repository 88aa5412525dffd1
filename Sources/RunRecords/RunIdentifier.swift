// SPDX-License-Identifier: Apache-2.0
package import Platform

/// Names one run of Tacit: 12 hexadecimal digits, drawn at random.
///
/// Like a container's id: any unique prefix will do to name it.
package struct RunIdentifier: Sendable, Hashable, CustomStringConvertible {
    package let text: String

    /// Draws a new one.
    package init(randomness: RandomBytes) throws(SystemError) {
        text = try randomness.hexadecimal(byteCount: 6)
    }

    /// Takes over one that was read back; `nil` when it is none.
    package init?(_ text: String) {
        let isHexadecimal = text.utf8.allSatisfy {
            (0x30...0x39).contains($0) || (0x61...0x66).contains($0)
        }
        guard text.utf8.count == 12, isHexadecimal else { return nil }
        self.text = text
    }

    package var description: String { text }
}
