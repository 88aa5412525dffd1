// SPDX-License-Identifier: Apache-2.0

/// What is printed in place of a secret: `[REDACTED:name]`.
enum MaskText {
    /// Names are cut to this many characters.
    static let longestName = 128

    /// The name without anything that could be mistaken for the end of a mask or of a line.
    static func sanitised(_ name: String) -> String {
        let allowed = name.unicodeScalars.prefix(longestName).map { scalar -> Character in
            let isPlain = scalar.isASCII && scalar.value > 0x20 && scalar.value < 0x7F
            return isPlain && scalar != "[" && scalar != "]" ? Character(scalar) : "_"
        }
        return allowed.isEmpty ? "secret" : String(allowed)
    }

    /// The masks of all names, none of which says any needle.
    static func masks(for names: [String], notSaying index: NeedleIndex) -> [[UInt8]] {
        var scratch = ScanScratch()
        func isSafe(_ mask: [UInt8]) -> Bool {
            _ = index.scan(mask, into: &scratch)
            return scratch.found.masks.isEmpty
        }
        let nameless = ["[REDACTED:secret]", "[REDACTED]", "[***]"].map { Array($0.utf8) }
        let fallback = nameless.first(where: isSafe) ?? []
        return names.map { name in
            let mask = Array("[REDACTED:\(name)]".utf8)
            return isSafe(mask) ? mask : fallback
        }
    }
}
