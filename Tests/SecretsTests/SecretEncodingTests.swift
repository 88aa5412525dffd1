// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Secrets
import Testing

struct SecretEncodingTests {
    private func decode(_ text: String, _ encoding: SecretEncoding) throws -> [UInt8]? {
        let bytes = Array(text.utf8)
        guard let decoded = try encoding.decode(bytes.span) else { return nil }
        return decoded.withBytes { bytes in bytes.indices.map { bytes[$0] } }
    }

    /// RFC 4648, section 10, and what Go's decoder skips or refuses.
    @Test(arguments: [
        ("", ""), ("Zg==", "f"), ("Zm8=", "fo"), ("Zm9v", "foo"), ("Zm9vYg==", "foob"),
        ("Zm9vYmE=", "fooba"), ("Zm9vYmFy", "foobar"), ("Zm9v\r\nYmFy\n", "foobar"),
        ("Zg", nil), ("Zg=", nil), ("Zg===", nil), ("Z===", nil), ("====", nil), ("Zm9v=", nil),
        ("Zg==Zg==", nil), ("Zm 9v", nil), ("_-==", nil), ("Z", nil),
    ])
    func `base64 is the standard alphabet with padding`(text: String, value: String?) throws {
        #expect(try decode(text, .base64) == value.map { Array($0.utf8) })
    }

    @Test(
        arguments: [
            ("", []), ("00ff", [0, 255]), ("aBcD", [0xab, 0xcd]), ("0", nil), ("0g", nil),
            ("0 ", nil),
        ] as [(String, [UInt8]?)]
    )
    func `hexadecimal is pairs of digits of either case`(text: String, value: [UInt8]?) throws {
        #expect(try decode(text, .hex) == value)
    }

    @Test func `every byte survives`() throws {
        let bytes = (0...255).map { UInt8($0) }
        let digits = Array("0123456789abcdef")
        let hex = String(bytes.flatMap { [digits[Int($0 >> 4)], digits[Int($0 & 15)]] })
        #expect(try decode(hex, .hex) == bytes)
        let alphabet = Array("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/")
        var base64 = ""
        for start in stride(from: 0, to: 255, by: 3) {
            let group = bytes[start..<start + 3].reduce(0) { $0 << 8 | Int($1) }
            for shift in [18, 12, 6, 0] { base64.append(alphabet[group >> shift & 63]) }
        }
        #expect(try decode(base64 + "/w==", .base64) == bytes)
    }
}
