// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Randomness for keys, salts and nonces, from libcrypto's generator.
///
/// Names and identifiers, which a test may want to replay, come from `Platform.RandomBytes`.
package enum RandomKey {
    /// A new secret key, in locked memory; RAND_priv_bytes(3).
    package static func generate(byteCount: Int) throws(CryptographyError) -> LockedBytes {
        var buffer = try LockedWriter(capacity: byteCount)
        try buffer.fill { output throws(CryptographyError) in
            output.append(repeating: 0, count: byteCount)
            var span = output.mutableSpan
            let code = unsafe span.withUnsafeMutableBufferPointer { bytes in
                unsafe RAND_priv_bytes(bytes.baseAddress, CInt(bytes.count))
            }
            try LibcryptoCheck.succeeded(code, "RAND_priv_bytes")
        }
        return buffer.finish()
    }

    /// Bytes that need not be kept secret: a salt, a nonce; RAND_bytes(3).
    package static func salt(byteCount: Int) throws(CryptographyError) -> [UInt8] {
        var salt = [UInt8](repeating: 0, count: byteCount)
        let code = unsafe salt.withUnsafeMutableBufferPointer { bytes in
            unsafe RAND_bytes(bytes.baseAddress, CInt(bytes.count))
        }
        try LibcryptoCheck.succeeded(code, "RAND_bytes")
        return salt
    }
}
