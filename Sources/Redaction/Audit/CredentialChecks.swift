// SPDX-License-Identifier: Apache-2.0
internal import Compression
internal import Cryptography

/// The checksums and structures of credentials, by which a real one differs from an example.
enum CredentialChecks {
    /// Whether nothing that a credential could go on from stands before a place.
    static func beginsWord(_ text: Span<UInt8>, _ start: Int) -> Bool {
        start == 0 || !ByteSet.alphanumeric.contains(text[start - 1])
    }

    /// Whether a value is what documentation puts in a credential's place.
    static func isPlaceholder(_ value: Span<UInt8>) -> Bool {
        var seen = InlineArray<256, Bool>(repeating: false)
        var distinct = 0
        var run = 1
        for index in value.indices {
            let byte = value[index]
            if !seen[Int(byte)] { distinct += 1 }
            seen[Int(byte)] = true
            run = index > 0 && value[index - 1] == byte ? run + 1 : 1
            if run >= 6 { return true }
        }
        // A random value of 16 characters has fewer than 7 different ones about once in a million times.
        if distinct < 7 { return true }
        let words = [
            "example", "sample", "placeholder", "redacted", "changeme", "12345678", "abcdefgh",
        ]
        return words.contains { contains(value, $0) }
    }

    private static func contains(_ value: Span<UInt8>, _ word: String) -> Bool {
        let word = Array(word.utf8)
        if value.count < word.count { return false }
        return (0...value.count - word.count).contains { start in
            word.indices.allSatisfy { index in
                let byte = value[start + index]
                return byte == word[index] || byte | 0x20 == word[index] && word[index] >= 0x61
            }
        }
    }

    /// Whether the last 6 of a token's characters are the CRC-32 of those before, behind a prefix of `skip`
    /// bytes, in base 62: GitHub's and npm's tokens.
    static func hasBase62Checksum(_ token: Span<UInt8>, skip: Int) -> Bool {
        let end = token.count - 6
        let sum = CRC32.checksum(token.extracting(skip..<end))
        return token.extracting(end...).isEqual(
            to: digits(
                of: UInt64(sum),
                "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz",
                6
            )
        )
    }

    /// Whether the last 7 characters are the CRC-32 of all before, in base 36: GitLab's routable tokens.
    static func hasBase36Checksum(_ token: Span<UInt8>) -> Bool {
        let end = token.count - 7
        let sum = CRC32.checksum(token.extracting(..<end))
        return token.extracting(end...).isEqual(
            to: digits(of: UInt64(sum), "0123456789abcdefghijklmnopqrstuvwxyz", 7)
        )
    }

    /// GitHub's fine-grained tokens: after 77 bytes, 8 base32 digits of the SHA-256 of those.
    static func hasHashChecksum(_ token: Span<UInt8>) -> Bool {
        guard token.count == 93, let hash = try? SHA256.digest(of: token.extracting(..<77)) else {
            return false
        }
        let word = hash.prefix(5).reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return token.extracting(77..<85).isEqual(
            to: digits(of: word, "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 8)
        )
    }

    private static func digits(of number: UInt64, _ alphabet: String, _ count: Int) -> [UInt8] {
        let alphabet = Array(alphabet.utf8)
        var digits = [UInt8](repeating: alphabet[0], count: count)
        var rest = number
        for place in digits.indices.reversed() {
            digits[place] = alphabet[Int(rest % UInt64(alphabet.count))]
            rest /= UInt64(alphabet.count)
        }
        return digits
    }

    /// Whether an AWS key id names an account: 16 base32 digits, whose bits 1 to 40 are one of 12 digits.
    static func namesAccount(_ key: Span<UInt8>) -> Bool {
        var word: UInt64 = 0
        for index in 4..<20 {
            let byte = key[index]
            let digit: UInt64
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"): digit = UInt64(byte - UInt8(ascii: "A"))
            case UInt8(ascii: "2")...UInt8(ascii: "7"):
                digit = UInt64(byte - UInt8(ascii: "2")) + 26
            default: return false
            }
            if index < 14 { word = word << 5 | digit }
        }
        // The first 48 of 50 bits.
        let account = (word >> 2 & 0x7FFF_FFFF_FF80) >> 7
        return account > 0 && account <= 999_999_999_999
    }

    /// Whether a PyPI token is a macaroon (version 2) of pypi.org or test.pypi.org with a 32-byte signature.
    static func isMacaroon(_ token: Span<UInt8>) -> Bool {
        let bytes = base64(token.extracting(5...))
        let places = ["pypi.org", "test.pypi.org"].map { Array($0.utf8) }
        let names = places.contains { place in
            bytes.starts(with: [2, 1, UInt8(place.count)] + place + [2])
        }
        return names && bytes.count > 60 && Array(bytes.dropLast(32).suffix(2)) == [6, 32]
    }

    /// What base64 or base64url digits stand for, up to the first other character.
    static func base64(_ digits: Span<UInt8>) -> [UInt8] {
        var bytes: [UInt8] = []
        var (bits, bitCount) = (UInt32(0), 0)
        for index in digits.indices {
            guard let digit = Base64Text.digit(digits[index]) else { break }
            bits = bits << 6 | UInt32(digit)
            bitCount += 6
            if bitCount < 8 { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        }
        return bytes
    }
}

extension Span<UInt8> {
    fileprivate func isEqual(to bytes: [UInt8]) -> Bool {
        count == bytes.count && indices.allSatisfy { self[$0] == bytes[$0] }
    }
}
