// SPDX-License-Identifier: Apache-2.0

/// A leak in a piece of text, before its line is known.
struct LeakHit: Sendable {
    let subject: LeakFinding.Subject
    let encodings: [String]
    let certainty: LeakFinding.Certainty
    let range: Range<Int>
}
