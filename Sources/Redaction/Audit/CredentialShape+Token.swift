// SPDX-License-Identifier: Apache-2.0

extension CredentialShape {
    private static let digits = ByteSet.alphanumeric.union("-_")

    /// Three base64url texts with dots between, RFC 7519: a header that names an algorithm, claims, a signature.
    static let jsonWebToken = CredentialShape(kind: "JSON Web Token", trigger: "eyJ") {
        text,
        start in
        guard start == 0 || !digits.union(".").contains(text[start - 1]) else { return nil }
        var parts: [Range<Int>] = []
        var place = start
        while parts.count < 3 {
            let first = place
            while place < text.count, digits.contains(text[place]) { place += 1 }
            parts.append(first..<place)
            if parts.count == 3 { break }
            guard place < text.count, text[place] == UInt8(ascii: ".") else { return nil }
            place += 1
        }
        let header = CredentialChecks.base64(text.extracting(parts[0]))
        let claims = CredentialChecks.base64(text.extracting(parts[1]))
        let isSigned = parts[2].count >= 32
        guard isSigned, isObject(header), isObject(claims), contains(header, "\"alg\""),
            !isWellKnown(claims)
        else { return nil }
        return Match(range: start..<place, certainty: .likely)
    }

    private static func isObject(_ bytes: [UInt8]) -> Bool {
        bytes.count > 2 && bytes[0] == UInt8(ascii: "{")
            && bytes.last { $0 > 0x20 } == UInt8(ascii: "}")
    }

    /// The claims of jwt.io's example, which half of all documentation shows.
    private static func isWellKnown(_ claims: [UInt8]) -> Bool {
        contains(claims, "\"1234567890\"") && contains(claims, "\"John Doe\"")
    }

    private static func contains(_ bytes: [UInt8], _ word: String) -> Bool {
        let word = Array(word.utf8)
        return bytes.indices.contains { bytes[$0...].starts(with: word) }
    }

    /// A PEM block (RFC 7468) of a private key, whose first bytes are those of one.
    static let privateKey = CredentialShape(kind: "private key", trigger: "-----BEGIN ") {
        text,
        start in
        let limit = min(start + 64, text.count)
        var place = start + 11
        while place < limit, text[place] != UInt8(ascii: "-") { place += 1 }
        let label = text.extracting(min(start + 11, place)..<place)
        guard place + 5 <= text.count, endsWithPrivateKey(label) else { return nil }
        let (body, end) = body(of: text, from: place + 5)
        let isOpenSSH = body.starts(with: Array("openssh-key-v1\0".utf8))
        let isEncryptedLegacy = body.isEmpty && end > place + 5
        guard isOpenSSH || isSequence(body) || isEncryptedLegacy, body.count >= 48 else {
            return nil
        }
        return Match(range: start..<end, certainty: .likely)
    }

    private static func endsWithPrivateKey(_ label: Span<UInt8>) -> Bool {
        let words = Array("PRIVATE KEY".utf8)
        guard label.count >= words.count else { return false }
        return words.indices.allSatisfy { label[label.count - words.count + $0] == words[$0] }
    }

    /// What the base64 of a block decodes to, up to its END line, line ends written as `\n` too; and where it ends.
    private static func body(of text: Span<UInt8>, from start: Int) -> (bytes: [UInt8], end: Int) {
        var digits: [UInt8] = []
        var place = start
        let limit = min(text.count, start + 16384)
        while place < limit {
            let byte = text[place]
            if Base64Text.digit(byte) != nil, byte != UInt8(ascii: "-"), byte != UInt8(ascii: "_") {
                digits.append(byte)
            } else if byte == UInt8(ascii: "\\"), place + 1 < limit {
                // `\n` and `\r` of a JSON string.
                place += 1
            } else if byte > 0x20, byte != UInt8(ascii: "=") {
                break
            }
            place += 1
        }
        return (CredentialChecks.base64(digits.span), place)
    }

    /// Whether DER (X.690) of a SEQUENCE begins, as long as what follows or, in a piece, longer.
    private static func isSequence(_ bytes: [UInt8]) -> Bool {
        guard bytes.count > 8, bytes[0] == 0x30 else { return false }
        switch bytes[1] {
        case 0x81: return bytes[3] == 0x02 || bytes[3] == 0x30
        case 0x82: return bytes[4] == 0x02 || bytes[4] == 0x30
        default: return bytes[1] < 0x80 && (bytes[2] == 0x02 || bytes[2] == 0x30)
        }
    }
}
