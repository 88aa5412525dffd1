// SPDX-License-Identifier: Apache-2.0

/// One format of credentials: where to look for it, and how to tell one.
struct CredentialShape: Sendable {
    /// A credential, and how sure it is.
    struct Match {
        var range: Range<Int>
        var certainty: LeakFinding.Certainty
    }

    let kind: String
    /// Every credential of this format has these bytes; three or more.
    let trigger: String
    /// Finds the credential around a trigger that begins at the given place; `nil` when it is none.
    let match: @Sendable (_ text: Span<UInt8>, _ trigger: Int) -> Match?

    /// A format that begins with its trigger, and goes on with so many characters of an alphabet.
    ///
    /// - Parameters:
    ///   - kind: what it is called.
    ///   - prefix: three bytes or more.
    ///   - alphabet: of what follows.
    ///   - count: how many characters follow.
    ///   - check: a checksum or structure of the whole; `nil` where it does not hold. Where the format has none,
    ///     a credential is `possible` as long as it is no placeholder.
    /// - Returns: the format.
    static func prefixed(
        _ kind: String,
        _ prefix: String,
        _ alphabet: ByteSet,
        _ count: ClosedRange<Int>,
        check: @escaping @Sendable (Span<UInt8>) -> LeakFinding.Certainty? = { _ in .possible }
    ) -> CredentialShape {
        CredentialShape(kind: kind, trigger: prefix) { text, start in
            guard CredentialChecks.beginsWord(text, start) else { return nil }
            let first = start + prefix.utf8.count
            var end = first
            while end < text.count, end - first <= count.upperBound, alphabet.contains(text[end]) {
                end += 1
            }
            guard count.contains(end - first) else { return nil }
            let whole = text.extracting(start..<end)
            if CredentialChecks.isPlaceholder(text.extracting(first..<end)) { return nil }
            guard let certainty = check(whole) else { return nil }
            return Match(range: start..<end, certainty: certainty)
        }
    }

    /// A value of exactly so many characters that stands behind a name, `=`, `:` or quotes between.
    static func named(
        _ kind: String,
        _ name: String,
        _ alphabet: ByteSet,
        _ count: Int,
        check: @escaping @Sendable (Span<UInt8>) -> LeakFinding.Certainty? = { _ in .likely }
    ) -> CredentialShape {
        let separators: ByteSet = " \t\"'=:>\\"
        return CredentialShape(kind: kind, trigger: name) { text, start in
            var first = start + name.utf8.count
            let limit = min(first + 12, text.count)
            while first < limit, separators.contains(text[first]) { first += 1 }
            guard first > start + name.utf8.count else { return nil }
            var end = first
            while end < text.count, end - first <= count, alphabet.contains(text[end]) { end += 1 }
            guard end - first == count else { return nil }
            let value = text.extracting(first..<end)
            if CredentialChecks.isPlaceholder(value) { return nil }
            return check(value).map { Match(range: first..<end, certainty: $0) }
        }
    }
}
