// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// HMAC with SHA-1, for the one format that has it: the hashed host names of ssh's `known_hosts`.
package enum HMACSHA1 {
    /// The code of `message` under `key`, 20 bytes.
    package static func authenticate(
        _ message: Span<UInt8>,
        key: Span<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: 20)
        var written = 0
        let made = unsafe code.withUnsafeMutableBufferPointer { code in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBufferPointer { message in
                    unsafe EVP_Q_mac(
                        nil,
                        "HMAC",
                        nil,
                        "SHA1",
                        nil,
                        key.baseAddress,
                        key.count,
                        message.baseAddress,
                        message.count,
                        code.baseAddress,
                        code.count,
                        &written
                    ) != nil
                }
            }
        }
        if !made { throw LibcryptoCheck.failure("EVP_Q_mac") }
        return code
    }
}
