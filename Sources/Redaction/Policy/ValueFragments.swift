// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Parts of a value that give it away without being one of its lines or strings.
enum ValueFragments {
    /// A value may lose a prefix of so many bytes and is still sought.
    private static let longestPrefix = 12
    private static let usualPrefix = 4
    private static let shortestRest = 20

    /// Calls `body` with each fragment.
    static func forEach(of value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        withoutPrefix(value, body)
        words(of: value, body)
        uuidDigits(of: value, body)
    }

    /// What `${TOKEN#ghp_}` prints: the rest after 4 bytes, and after what ends in `_` or `-`.
    private static func withoutPrefix(_ value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        if value.count < shortestRest + usualPrefix { return }
        if value.indices.contains(where: { NeedlePolicy.isSpace(value[$0]) }) { return }
        body(value.extracting(usualPrefix...))
        let separators: ByteSet = "_-"
        let end = (0..<longestPrefix).last { separators.contains(value[$0]) }
        if let end, value.count - end - 1 >= shortestRest { body(value.extracting((end + 1)...)) }
    }

    /// The words of a value with spaces in it, which a shell splits, if they are long and no plain words.
    private static func words(of value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        var start = 0
        for index in 0...value.count
        where index == value.count || NeedlePolicy.isSpace(value[index]) {
            let word = start..<index
            start = index + 1
            if word.count < NeedlePolicy.shortestLine || word.count == value.count { continue }
            let letters = ByteSet(0x41...0x5A, 0x61...0x7A)
            let isPlain = word.dropLast().allSatisfy { letters.contains(value[$0]) }
            if !isPlain { body(value.extracting(word)) }
        }
    }

    /// A UUID's digits without its dashes (RFC 9562 section 4).
    private static func uuidDigits(of value: Span<UInt8>, _ body: (Span<UInt8>) -> Void) {
        let dashes = [8, 13, 18, 23]
        if value.count != 36 { return }
        for index in value.indices {
            let isDash = value[index] == UInt8(ascii: "-")
            if isDash != dashes.contains(index) { return }
            if !isDash, URLCredentials.hexValue(value[index]) == nil { return }
        }
        var digits = LockedBuffer.forSecrets()
        for index in value.indices where !dashes.contains(index) { digits.append(value[index]) }
        digits.withBytes(body)
    }
}
