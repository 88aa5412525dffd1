// SPDX-License-Identifier: Apache-2.0

/// A leak in a piece of text, before its line is known.
struct LeakHit {
    let subject: LeakFinding.Subject
    let encodings: [String]
    let range: Range<Int>
}
