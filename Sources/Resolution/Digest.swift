// SPDX-License-Identifier: Apache-2.0
internal import Cryptography

/// Digests as texts.
enum Digest {
    static func sha256(of bytes: [UInt8]) throws(ResolutionError) -> String {
        try hexadecimal { () throws(CryptographyError) in try SHA256.digest(of: bytes.span) }
    }

    static func sha512(of bytes: [UInt8]) throws(ResolutionError) -> String {
        try hexadecimal { () throws(CryptographyError) in try SHA512.digest(of: bytes.span) }
    }

    private static func hexadecimal(
        _ digest: () throws(CryptographyError) -> [UInt8]
    ) throws(ResolutionError) -> String {
        do throws(CryptographyError) {
            let digits = Array("0123456789abcdef")
            return try digest().map { "\(digits[Int($0 >> 4)])\(digits[Int($0 & 15)])" }.joined()
        } catch {
            throw ResolutionError(.source, "no digest can be made: \(error)")
        }
    }
}
