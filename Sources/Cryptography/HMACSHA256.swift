// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// A keyed hash: HMAC (RFC 2104) with SHA-256.
package enum HMACSHA256 {
    /// Of a code.
    package static let byteCount = 32

    /// The code of `message` under `key`, 32 bytes.
    package static func authenticate(
        _ message: Span<UInt8>,
        key: Span<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        var code = [UInt8](repeating: 0, count: byteCount)
        try code.withSpan { output throws(CryptographyError) in
            try authenticate(message, key: key, into: &output)
        }
        return code
    }

    /// A key for one purpose, derived from `key` and the purpose's name, in locked memory.
    package static func derive(
        _ purpose: String,
        from key: borrowing LockedBytes
    ) throws(CryptographyError) -> LockedBytes {
        var buffer = try LockedWriter(capacity: byteCount)
        let message = Array(purpose.utf8)
        try key.withBytes { key throws(CryptographyError) in
            try buffer.fill { output throws(CryptographyError) in
                output.append(repeating: 0, count: byteCount)
                var span = output.mutableSpan
                try authenticate(message.span, key: key, into: &span)
            }
        }
        return buffer.finish()
    }

    private static func authenticate(
        _ message: Span<UInt8>,
        key: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) throws(CryptographyError) {
        var written = 0
        let made = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe key.withUnsafeBytes { key in
                unsafe message.withUnsafeBufferPointer { message in
                    unsafe EVP_Q_mac(
                        nil,
                        "HMAC",
                        nil,
                        "SHA256",
                        nil,
                        key.baseAddress,
                        key.count,
                        message.baseAddress,
                        message.count,
                        output.baseAddress,
                        output.count,
                        &written
                    ) != nil
                }
            }
        }
        if !made { throw LibcryptoCheck.failure("EVP_Q_mac") }
    }
}

extension [UInt8] {
    fileprivate mutating func withSpan<Failure: Error>(
        _ body: (inout MutableSpan<UInt8>) throws(Failure) -> Void
    ) throws(Failure) {
        var span = mutableSpan
        try body(&span)
    }
}
