// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns an EVP_MAC_CTX for HMAC-SHA256 under one key, made ready once for many messages.
///
/// Used by one thread at a time. See EVP_MAC(3).
@safe package struct MessageAuthenticator: ~Copyable, @unchecked Sendable {
    private let context: OpaquePointer

    /// Takes the key in; the context keeps a copy until it is released.
    package init(key: borrowing LockedBytes) throws(CryptographyError) {
        unsafe context = try unsafe Self.makeContext(key)
    }

    private static func makeContext(
        _ key: borrowing LockedBytes
    ) throws(CryptographyError) -> OpaquePointer {
        guard let algorithm = unsafe EVP_MAC_fetch(nil, "HMAC", nil) else {
            throw LibcryptoCheck.failure("EVP_MAC_fetch")
        }
        let made = unsafe EVP_MAC_CTX_new(algorithm)
        unsafe EVP_MAC_free(algorithm)
        guard let made = unsafe made else { throw LibcryptoCheck.failure("EVP_MAC_CTX_new") }
        if key.withBytes({ key in unsafe prepare(made, key) }) == 1 { return unsafe made }
        let failure = LibcryptoCheck.failure("EVP_MAC_init")
        unsafe EVP_MAC_CTX_free(made)
        throw failure
    }

    private static func prepare(_ context: OpaquePointer, _ key: Span<UInt8>) -> CInt {
        var name = Array("SHA256".utf8CString)
        return unsafe name.withUnsafeMutableBufferPointer { name in
            unsafe key.withUnsafeBufferPointer { key in
                let parameters = unsafe [
                    OSSL_PARAM_construct_utf8_string("digest", name.baseAddress, 0),
                    OSSL_PARAM_construct_end(),
                ]
                return unsafe EVP_MAC_init(context, key.baseAddress, key.count, parameters)
            }
        }
    }

    deinit { unsafe EVP_MAC_CTX_free(context) }

    /// The code of `first` followed by `second`, 32 bytes.
    package mutating func authenticate(
        _ first: Span<UInt8>,
        _ second: Span<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        // Without a key: starts over under the one that is there.
        try LibcryptoCheck.succeeded(unsafe EVP_MAC_init(context, nil, 0, nil), "EVP_MAC_init")
        for part in 0..<2 {
            let message = part == 0 ? first : second
            let code = unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_MAC_update(context, message.baseAddress, message.count)
            }
            try LibcryptoCheck.succeeded(code, "EVP_MAC_update")
        }
        var written = 0
        var code = [UInt8](repeating: 0, count: HMACSHA256.byteCount)
        let ended = unsafe code.withUnsafeMutableBufferPointer { code in
            unsafe EVP_MAC_final(context, code.baseAddress, &written, code.count)
        }
        try LibcryptoCheck.succeeded(ended, "EVP_MAC_final")
        return code
    }
}
