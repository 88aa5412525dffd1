// SPDX-License-Identifier: Apache-2.0
internal import Redaction
internal import Secrets

/// Names findings so that the same one is known again in the next audit of the same file.
///
/// A keyed hash of what was found where, its place among its like rather than its line: lines above it may
/// come and go. Nobody without the key can test a guess, and no value goes into it.
struct LeakFingerprints {
    private struct Like: Hashable {
        let file: String
        let subject: LeakFinding.Subject
        let encodings: [String]
    }

    /// `nil` where there is no key; then there are no fingerprints.
    let key: AuditKey?
    private var counts: [Like: Int] = [:]

    init(key: AuditKey?) {
        self.key = key
    }

    /// The next finding's fingerprint: 64 hexadecimal digits.
    mutating func next(_ leak: AuditedFiles.Leak) -> String? {
        guard let key else { return nil }
        let like = Like(
            file: leak.file,
            subject: leak.finding.subject,
            encodings: leak.finding.encodings
        )
        let count = counts[like, default: 0]
        counts[like] = count + 1
        let subject =
            switch leak.finding.subject {
            case .secret(let name): "secret \(name)"
            case .shape(let kind): "shape \(kind)"
            }
        let parts = ["leak", leak.file, subject] + leak.finding.encodings + [String(count)]
        let text = Array(parts.joined(separator: "\0").utf8)
        guard let hash = try? key.fingerprint(of: text.span) else { return nil }
        return String(hash.drop { $0 != ":" }.dropFirst())
    }
}
