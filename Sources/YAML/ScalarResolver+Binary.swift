// SPDX-License-Identifier: Apache-2.0

extension ScalarResolver {
    /// Decodes `!!binary` (RFC 4648 base64, padded, line breaks ignored).
    ///
    /// What is not UTF-8 becomes U+FFFD, as Go's `encoding/json` makes it.
    static func decodeBinary(_ text: String) throws(Mismatch) -> String {
        let symbols = text.utf8.filter { $0 != 0x0a && $0 != 0x0d }
        let body = symbols.prefix { $0 != UInt8(ascii: "=") }
        let padding = symbols.count - body.count
        let isPadded = symbols.dropFirst(body.count).allSatisfy { $0 == UInt8(ascii: "=") }
        let values = body.compactMap(base64Value)
        guard symbols.count.isMultiple(of: 4), padding <= 2, isPadded, values.count == body.count
        else {
            throw Mismatch(message: "`!!binary` is not base64")
        }
        var bytes: [UInt8] = []
        var bits: UInt32 = 0
        for (index, value) in values.enumerated() {
            bits = bits << 6 | UInt32(value)
            if index % 4 > 0 {
                bytes.append(UInt8(truncatingIfNeeded: bits >> (6 - 2 * (index % 4))))
            }
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func base64Value(_ symbol: UInt8) -> UInt8? {
        switch symbol {
        case UInt8(ascii: "A")...UInt8(ascii: "Z"): symbol - UInt8(ascii: "A")
        case UInt8(ascii: "a")...UInt8(ascii: "z"): symbol - UInt8(ascii: "a") + 26
        case UInt8(ascii: "0")...UInt8(ascii: "9"): symbol - UInt8(ascii: "0") + 52
        case UInt8(ascii: "+"): 62
        case UInt8(ascii: "/"): 63
        default: nil
        }
    }
}
