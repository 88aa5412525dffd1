// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The strings of a JSON value that are secrets of their own.
///
/// No JSON tree is built, because its strings would lie in ordinary memory: strings are found by their
/// quotes and decoded one by one into locked memory.
enum JSONStrings {
    /// Under a member name that says what it is, this many bytes are enough.
    private static let shortestNamed = 4
    /// Otherwise this many, unless the text is made of words.
    private static let shortestOther = 6

    /// Calls `body` with each string that is a secret, decoded, and how long it must be.
    static func forEachSecret(
        in value: Span<UInt8>,
        _ body: (_ string: Span<UInt8>, _ minimumCount: Int) -> Void
    ) {
        guard isContainer(value) else { return }
        var decoded = LockedBuffer.forSecrets()
        var name = 0..<0
        var index = 0
        while index < value.count {
            guard value[index] == UInt8(ascii: "\"") else {
                index += 1
                continue
            }
            guard let end = stringEnd(in: value, from: index + 1) else { return }
            let string = index + 1..<end
            index = end + 1
            if isFollowedByColon(value, index) {
                name = string
                continue
            }
            decoded.truncate(to: 0)
            decode(value.extracting(string), into: &decoded)
            let memberName = value.extracting(name)
            decoded.withBytes { string in
                if let minimumCount = minimumCount(of: string, memberName) {
                    body(string, minimumCount)
                }
                if isEqual(memberName, "auth") { decodeDockerAuth(string, body) }
            }
        }
    }

    private static func isContainer(_ value: Span<UInt8>) -> Bool {
        guard value.count > 2 else { return false }
        let (first, last) = (value[0], value[value.count - 1])
        return first == UInt8(ascii: "{") && last == UInt8(ascii: "}")
            || first == UInt8(ascii: "[") && last == UInt8(ascii: "]")
    }

    private static func stringEnd(in value: Span<UInt8>, from start: Int) -> Int? {
        var index = start
        while index < value.count {
            if value[index] == UInt8(ascii: "\"") { return index }
            index += value[index] == UInt8(ascii: "\\") ? 2 : 1
        }
        return nil
    }

    private static func isFollowedByColon(_ value: Span<UInt8>, _ start: Int) -> Bool {
        var index = start
        while index < value.count, NeedlePolicy.isSpace(value[index]) { index += 1 }
        return index < value.count && value[index] == UInt8(ascii: ":")
    }
}

extension JSONStrings {
    /// Parts of member names whose strings are secrets however short or plain they are.
    private static let secretNames = [
        "pass", "pwd", "secret", "token", "key", "cred", "auth", "pin", "cert", "private", "salt",
        "signature", "sas", "connection", "dsn", "cookie", "session", "code",
    ]

    /// Strings that every file of their kind has.
    private static let furniture = [
        "service_account", "authorized_user", "external_account", "googleapis.com",
        "https://accounts.google.com/o/oauth2/auth", "https://oauth2.googleapis.com/token",
        "https://www.googleapis.com/oauth2/v1/certs",
    ]

    private static func minimumCount(
        of string: Span<UInt8>,
        _ memberName: Span<UInt8>
    ) -> Int? {
        if furniture.contains(where: { isEqual(string, $0) }) { return nil }
        if secretNames.contains(where: { contains(memberName, $0) }) { return shortestNamed }
        return isMadeOfWords(string) ? NeedlePolicy.shortestLine : shortestOther
    }

    /// Whether a text is only letters in one case and short numbers, as host and region names are.
    private static func isMadeOfWords(_ text: Span<UInt8>) -> Bool {
        var digits = 0
        for index in text.indices {
            let byte = text[index]
            let isDigit = (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
            let isUpper = (UInt8(ascii: "A")...UInt8(ascii: "Z")).contains(byte)
            if byte >= 0x7F || isUpper && index > 0 { return false }
            digits += isDigit ? 1 : 0
        }
        return digits <= 2
    }

    private static func isEqual(_ bytes: Span<UInt8>, _ text: String) -> Bool {
        bytes.count == text.utf8.count && NeedlePolicy.begins(bytes, with: text)
    }

    private static func contains(_ bytes: Span<UInt8>, _ word: String) -> Bool {
        let word = Array(word.utf8)
        if bytes.count < word.count { return false }
        return (0...bytes.count - word.count).contains { start in
            word.indices.allSatisfy { bytes[start + $0] | 0x20 == word[$0] }
        }
    }

    /// What a JSON string's escapes stand for; RFC 8259 section 7.
    private static func decode(_ string: Span<UInt8>, into output: inout LockedBuffer) {
        let letters: [UInt8: UInt8] = [
            UInt8(ascii: "b"): 8, UInt8(ascii: "f"): 12, UInt8(ascii: "n"): 10,
            UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9,
        ]
        var index = 0
        while index < string.count {
            let byte = string[index]
            guard byte == UInt8(ascii: "\\"), index + 1 < string.count else {
                output.append(byte)
                index += 1
                continue
            }
            let letter = string[index + 1]
            if letter == UInt8(ascii: "u"), let unit = unit(in: string, at: index) {
                index += appendScalar(unit, in: string, at: index, to: &output)
            } else {
                output.append(letters[letter] ?? letter)
                index += 2
            }
        }
    }

    /// The number of a `\uXXXX` at `index`.
    private static func unit(in string: Span<UInt8>, at index: Int) -> UInt32? {
        if index + 6 > string.count || string[index] != UInt8(ascii: "\\")
            || string[index + 1] != UInt8(ascii: "u")
        {
            return nil
        }
        var unit: UInt32 = 0
        for place in index + 2..<index + 6 {
            guard let digit = URLCredentials.hexValue(string[place]) else { return nil }
            unit = unit << 4 | UInt32(digit)
        }
        return unit
    }

    /// Appends the scalar whose first unit is at `index`; returns how many bytes it was written with.
    private static func appendScalar(
        _ unit: UInt32,
        in string: Span<UInt8>,
        at index: Int,
        to output: inout LockedBuffer
    ) -> Int {
        if (0xD800...0xDBFF).contains(unit), let low = self.unit(in: string, at: index + 6),
            (0xDC00...0xDFFF).contains(low),
            let scalar = Unicode.Scalar(0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00))
        {
            for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter {
                output.append(byte)
            }
            return 12
        }
        let scalar = Unicode.Scalar(unit) ?? "\u{FFFD}"
        for byte in UTF8.encode(scalar) ?? UTF8.encodedReplacementCharacter { output.append(byte) }
        return 6
    }

    /// The password of a registry's `auth`, base64 of `user:password`.
    private static func decodeDockerAuth(
        _ text: Span<UInt8>,
        _ body: (Span<UInt8>, Int) -> Void
    ) {
        var decoded = LockedBuffer.forSecrets()
        guard Base64Text.decode(text, into: &decoded) else { return }
        decoded.withBytes { bytes in
            guard let colon = bytes.indices.first(where: { bytes[$0] == UInt8(ascii: ":") }) else {
                return
            }
            body(bytes.extracting((colon + 1)...), shortestNamed)
        }
    }
}
