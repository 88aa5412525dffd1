// SPDX-License-Identifier: Apache-2.0

/// What looks like a credential: a known beginning, then enough characters of the right kind.
struct CredentialShapes: Sendable {
    private struct Shape: Sendable {
        let kind: String
        let prefix: String
        let alphabet: ByteSet
        /// How many characters must follow, and how many may.
        let count: ClosedRange<Int>
    }

    private static let base64url = ByteSet.alphanumeric.union("-_")
    private static let upper = ByteSet(0x30...0x39, 0x41...0x5A)
    private static let hex = ByteSet(0x30...0x39, 0x61...0x66)

    private static let shapes: [Shape] =
        ["ghp_", "gho_", "ghu_", "ghs_", "ghr_"].map {
            Shape(kind: "GitHub token", prefix: $0, alphabet: .alphanumeric, count: 36...255)
        } + [
            Shape(
                kind: "GitHub token",
                prefix: "github_pat_",
                alphabet: .alphanumeric.union("_"),
                count: 40...255
            ),
            Shape(kind: "GitLab token", prefix: "glpat-", alphabet: base64url, count: 20...64),
            Shape(
                kind: "GitLab runner token",
                prefix: "glrt-",
                alphabet: base64url,
                count: 20...64
            ),
            Shape(kind: "AWS access key", prefix: "AKIA", alphabet: upper, count: 16...16),
            Shape(kind: "AWS access key", prefix: "ASIA", alphabet: upper, count: 16...16),
            Shape(kind: "Google API key", prefix: "AIza", alphabet: base64url, count: 35...35),
            Shape(
                kind: "Google OAuth token",
                prefix: "ya29.",
                alphabet: base64url,
                count: 30...2048
            ),
            Shape(kind: "Slack token", prefix: "xoxb-", alphabet: base64url, count: 24...255),
            Shape(kind: "Slack token", prefix: "xoxp-", alphabet: base64url, count: 24...255),
            Shape(kind: "Stripe key", prefix: "sk_live_", alphabet: .alphanumeric, count: 24...255),
            Shape(kind: "Stripe key", prefix: "rk_live_", alphabet: .alphanumeric, count: 24...255),
            Shape(kind: "npm token", prefix: "npm_", alphabet: .alphanumeric, count: 36...36),
            Shape(kind: "PyPI token", prefix: "pypi-AgE", alphabet: base64url, count: 50...2048),
            Shape(kind: "Docker token", prefix: "dckr_pat_", alphabet: base64url, count: 20...64),
            Shape(kind: "Vault token", prefix: "hvs.", alphabet: base64url, count: 24...2048),
            Shape(kind: "Vault token", prefix: "hvb.", alphabet: base64url, count: 24...2048),
            Shape(kind: "DigitalOcean token", prefix: "dop_v1_", alphabet: hex, count: 64...64),
            Shape(
                kind: "SendGrid key",
                prefix: "SG.",
                alphabet: base64url.union("."),
                count: 60...80
            ),
            Shape(kind: "Anthropic key", prefix: "sk-ant-", alphabet: base64url, count: 40...255),
            Shape(kind: "age key", prefix: "AGE-SECRET-KEY-1", alphabet: upper, count: 58...58),
            Shape(
                kind: "JSON Web Token",
                prefix: "eyJ",
                alphabet: base64url.union("."),
                count: 60...8192
            ),
            Shape(
                kind: "private key",
                prefix: "-----BEGIN ",
                alphabet: upper.union(" "),
                count: 11...40
            ),
        ]

    /// The shapes by the first byte of their prefixes.
    private let byFirstByte: [[Shape]]

    init() {
        var table = [[Shape]](repeating: [], count: 256)
        for shape in Self.shapes { table[Int(Array(shape.prefix.utf8)[0])].append(shape) }
        byFirstByte = table
    }

    /// Calls `body` with each credential's kind and place.
    func forEachMatch(in text: Span<UInt8>, _ body: (String, Range<Int>) -> Void) {
        var index = 0
        while index < text.count {
            let candidates = byFirstByte[Int(text[index])]
            if candidates.isEmpty || index > 0 && ByteSet.alphanumeric.contains(text[index - 1]) {
                index += 1
                continue
            }
            var count = 1
            for shape in candidates {
                guard let length = length(of: shape, at: text.extracting(index...)) else {
                    continue
                }
                body(shape.kind, index..<index + length)
                count = length
                break
            }
            index += count
        }
    }

    /// How long the credential of that shape is at the start of `text`.
    private func length(of shape: Shape, at text: Span<UInt8>) -> Int? {
        guard NeedlePolicy.begins(text, with: shape.prefix) else { return nil }
        let start = shape.prefix.utf8.count
        var end = start
        while end < text.count, shape.alphabet.contains(text[end]) { end += 1 }
        guard shape.count.contains(end - start) else { return nil }
        switch shape.kind {
        case "JSON Web Token": return hasThreeParts(text.extracting(..<end)) ? end : nil
        case "private key": return isPrivateKey(text.extracting(..<end)) ? end : nil
        default: return end
        }
    }

    private func hasThreeParts(_ text: Span<UInt8>) -> Bool {
        let dots = text.indices.filter { text[$0] == UInt8(ascii: ".") }
        return dots.count == 2 && dots[1] - dots[0] > 10 && text.count - dots[1] > 10
    }

    private func isPrivateKey(_ text: Span<UInt8>) -> Bool {
        let words = Array("PRIVATE KEY".utf8)
        guard text.count >= words.count else { return false }
        return NeedlePolicy.begins(
            text.extracting((text.count - words.count)...),
            with: "PRIVATE KEY"
        )
    }
}
