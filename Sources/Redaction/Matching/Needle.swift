// SPDX-License-Identifier: Apache-2.0

/// One byte string to be masked wherever it occurs: data, made by `NeedlePolicy`.
///
/// Its bytes lie in locked memory, in the region of the store that holds it.
struct Needle: Sendable {
    /// Where its bytes begin in the region.
    let start: Int
    let count: Int
    /// The secret's place in the redactor's list of names.
    let secret: Int
    let encoding: NeedleEncoding

    /// Shorter ones are never made: they would mask half of every log.
    static let minimumCount = 4
    /// Longer ones are cut in pieces, which bounds what is held back and what a match costs.
    static let maximumCount = 1024

    var bytes: Range<Int> { start..<start + count }
}
