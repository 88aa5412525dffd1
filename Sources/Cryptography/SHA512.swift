// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// The hash function of FIPS 180-4 with 64 bytes of output.
package enum SHA512 {
    /// The digest of `message`, 64 bytes.
    package static func digest(of message: Span<UInt8>) throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: 64)
        var written = 0
        let code = unsafe digest.withUnsafeMutableBufferPointer { digest in
            unsafe message.withUnsafeBytes { message in
                unsafe EVP_Q_digest(
                    nil,
                    "SHA512",
                    nil,
                    message.baseAddress,
                    message.count,
                    digest.baseAddress,
                    &written
                )
            }
        }
        try LibcryptoCheck.succeeded(code, "EVP_Q_digest")
        return digest
    }
}
