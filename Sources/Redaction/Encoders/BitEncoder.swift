// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Base 64 and base 32 (RFC 4648) of a value that stands anywhere in what is encoded.
///
/// A value's digits depend on how many bytes stand before it, modulo 3 (or 5), and its first and last
/// digit on its neighbours. So for each alignment only those digits are written that the value alone
/// decides; padding, which depends on what follows, never is.
struct BitEncoder: Sendable {
    let encoding: NeedleEncoding
    private let bitsPerDigit: Int
    private let alphabet: [UInt8]

    static let base64 = BitEncoder(.base64, 6, upper + lower + digits + "+/")
    static let base64url = BitEncoder(.base64url, 6, upper + lower + digits + "-_")
    static let base32 = BitEncoder(.base32, 5, upper + "234567")

    private static let upper = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
    private static let lower = "abcdefghijklmnopqrstuvwxyz"
    private static let digits = "0123456789"

    /// Fewer digits than this occur by chance in any large text of that kind.
    static let shortestForm = 6

    private init(_ encoding: NeedleEncoding, _ bitsPerDigit: Int, _ alphabet: String) {
        self.encoding = encoding
        self.bitsPerDigit = bitsPerDigit
        self.alphabet = Array(alphabet.utf8)
    }

    /// One encoder for each number of bytes that may stand before the value.
    var encoders: [SecretEncoder] {
        (0..<bitsPerDigit / (bitsPerDigit == 6 ? 2 : 1)).map { precedingCount in
            SecretEncoder(encoding: encoding) { bytes, output in
                write(bytes, precedingCount, to: &output)
            }
        }
    }

    private func write(_ bytes: Span<UInt8>, _ precedingCount: Int, to output: inout LockedBuffer) {
        let firstBit = 8 * precedingCount
        let endBit = firstBit + 8 * bytes.count
        let firstDigit = (firstBit + bitsPerDigit - 1) / bitsPerDigit
        let endDigit = endBit / bitsPerDigit
        if endDigit - firstDigit < Self.shortestForm { return }
        for digit in firstDigit..<endDigit {
            let bit = digit * bitsPerDigit - firstBit
            let high = UInt16(bytes[bit / 8]) << 8
            let pair = bit / 8 + 1 < bytes.count ? high | UInt16(bytes[bit / 8 + 1]) : high
            let value = Int(pair >> UInt16(16 - bitsPerDigit - bit % 8)) & (1 << bitsPerDigit - 1)
            output.append(alphabet[value])
        }
    }
}
