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

    /// How sure it is.
    package enum Certainty: String, Hashable, Sendable {
        /// The value's own bytes, in a form that decodes to nothing else; or a credential whose checksum holds.
        case certain
        /// Letters and digits of a value, broken up or in another case; or a credential's exact structure.
        case likely
        /// A value of under 6 bytes; or a credential's beginning and length only.
        case possible
    }

    package let subject: Subject
    /// How it is written, outermost first: `base64`, `gzip`, `raw`.
    package let encodings: [String]
    package let certainty: Certainty
    /// Where it begins, in bytes from 0.
    package let offset: Int
    /// How many bytes it takes there.
    package let length: Int
    /// From 1.
    package let line: Int
    /// In bytes from 1.
    package let column: Int
}
