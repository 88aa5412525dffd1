// SPDX-License-Identifier: Apache-2.0

/// A text made from another one, which knows where each of its bytes comes from.
struct AuditView {
    /// What was done, as findings say it (`folded`); empty for the text itself.
    let name: String
    private(set) var bytes: [UInt8] = []
    /// For each byte its offset in the original.
    private var origins: [Int32] = []

    init(_ name: String) {
        self.name = name
    }

    mutating func append(_ byte: UInt8, from origin: Int) {
        bytes.append(byte)
        origins.append(Int32(origin))
    }

    /// This view of `other`'s bytes as a view of `other`'s original.
    func translated(by other: AuditView) -> AuditView {
        var translated = self
        translated.origins = origins.map { other.origins[Int($0)] }
        return translated
    }

    /// Where in the original a part of the view begins and ends.
    func origin(of range: Range<Int>) -> Range<Int> {
        Int(origins[range.lowerBound])..<Int(origins[range.upperBound - 1]) + 1
    }
}
