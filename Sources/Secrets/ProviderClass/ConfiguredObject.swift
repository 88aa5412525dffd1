// SPDX-License-Identifier: Apache-2.0

/// An object of provider `file` or `exec`: it names an entry of the user's configuration.
///
/// Only the entry says which file is read or which command is run; a class cannot.
package struct ConfiguredObject: Sendable, Hashable {
    /// Letters, digits, `.`, `_` and `-`.
    package var entry: String
    /// Undone on what the entry gives.
    package var encoding: SecretEncoding

    package init(entry: String, encoding: SecretEncoding = .utf8) {
        self.entry = entry
        self.encoding = encoding
    }
}
