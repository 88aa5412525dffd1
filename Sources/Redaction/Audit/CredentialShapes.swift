// SPDX-License-Identifier: Apache-2.0

/// What looks like a credential, known or not, in a text.
///
/// A table over the first three bytes of the formats' triggers says for nearly every place of a text that
/// there is nothing.
struct CredentialShapes: Sendable {
    /// The bits of three-byte keys that begin a trigger.
    let bitmap: [UInt64]
    private let byKey: [UInt32: [CredentialShape]]

    init(_ formats: [CredentialShape] = formats) {
        var bitmap = [UInt64](repeating: 0, count: 65536 / 64)
        var byKey: [UInt32: [CredentialShape]] = [:]
        for format in formats {
            let bytes = Array(format.trigger.utf8.prefix(3))
            let key = UInt32(bytes[0]) | UInt32(bytes[1]) << 8 | UInt32(bytes[2]) << 16
            byKey[key, default: []].append(format)
            let bit = Self.hash(key)
            bitmap[bit >> 6] |= 1 << UInt64(bit & 63)
        }
        self.bitmap = bitmap
        self.byKey = byKey
    }

    @inline(__always)
    static func hash(_ key: UInt32) -> Int { Int((key &* 0x9E37_79B1) >> 16) }

    /// Calls `body` with each credential's kind, certainty and place.
    func forEachMatch(
        in text: Span<UInt8>,
        _ body: (String, LeakFinding.Certainty, Range<Int>) -> Void
    ) {
        var place = 0
        while let found = nextTrigger(in: text, from: place) {
            place = found + 1
            let key =
                UInt32(text[found]) | UInt32(text[found + 1]) << 8 | UInt32(text[found + 2]) << 16
            guard let formats = byKey[key] else { continue }
            for format in formats
            where NeedlePolicy.begins(text.extracting(found...), with: format.trigger) {
                guard let match = format.match(text, found) else { continue }
                body(format.kind, match.certainty, match.range)
                place = max(place, match.range.upperBound)
                break
            }
        }
    }
}
