// SPDX-License-Identifier: Apache-2.0

/// A place where a secret stands in a text; never its value.
package struct LeakFinding: Hashable, Sendable {
    /// What was found.
    package enum Subject: Hashable, Sendable {
        /// The value of a known secret, by its name.
        case secret(String)
        /// Something that looks like a credential of this kind, whosever it is.
        case shape(String)
    }

    package let subject: Subject
    /// How it is written, outermost first: `base64`, `gzip`, `raw`.
    package let encodings: [String]
    /// Where it begins, in bytes from 0.
    package let offset: Int
    /// From 1.
    package let line: Int
    /// In bytes from 1.
    package let column: Int
}
