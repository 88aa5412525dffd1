// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Signs with an RSA key as an ssh client does today: SHA-256, PKCS #1 v1.5 (RFC 8332).
@safe package final class RSASigner {
    private let key: OpaquePointer

    /// Reads an ssh client's private key: PEM (PKCS #1 or #8), or OpenSSH's own form without a passphrase.
    ///
    /// Fails for a key of another kind, and for one that cannot be read here.
    ///
    /// - Parameters:
    ///   - text: the file.
    ///   - passphrase: ends with a NUL; `nil` for none.
    package init?(_ text: Span<UInt8>, passphrase: Span<UInt8>? = nil) {
        var found: OpaquePointer?
        unsafe text.withUnsafeBytes { bytes in
            guard let input = unsafe try? MemoryStream.reading(bytes) else { return }
            if let passphrase {
                unsafe passphrase.withUnsafeBytes { words in
                    unsafe found = Self.readPEM(
                        input,
                        UnsafeMutableRawPointer(mutating: words.baseAddress)
                    )
                }
            } else {
                // An empty passphrase, and never a question at the terminal.
                var empty: CChar = 0
                unsafe found = Self.readPEM(input, &empty)
            }
            if unsafe found == nil, let input = unsafe try? MemoryStream.reading(bytes) {
                unsafe found = Self.readOpenSSH(input)
            }
        }
        ERR_clear_error()
        guard let found = unsafe found else { return nil }
        if unsafe EVP_PKEY_get_base_id(found) != EVP_PKEY_RSA {
            unsafe EVP_PKEY_free(found)
            return nil
        }
        unsafe key = found
    }

    deinit { unsafe EVP_PKEY_free(key) }

    private static func readPEM(
        _ input: borrowing MemoryStream,
        _ passphrase: UnsafeMutableRawPointer?
    ) -> OpaquePointer? {
        unsafe PEM_read_bio_PrivateKey(input.bio, nil, nil, passphrase)
    }

    private static func readOpenSSH(_ input: borrowing MemoryStream) -> OpaquePointer? {
        guard let block = PEMBlock(readingFrom: input), block.isOpenSSHKey else { return nil }
        return unsafe block.withBytes { bytes in
            guard var key = unsafe OpenSSHKey(bytes) else { return nil }
            return unsafe key.makeRSA()
        }
    }

    /// The modulus and the exponent, as unsigned big-endian numbers.
    package func publicNumbers() -> (modulus: [UInt8], exponent: [UInt8])? {
        guard let modulus = number(OSSL_PKEY_PARAM_RSA_N),
            let exponent = number(OSSL_PKEY_PARAM_RSA_E)
        else { return nil }
        return (modulus, exponent)
    }

    private func number(_ name: String) -> [UInt8]? {
        var number: OpaquePointer?
        guard unsafe EVP_PKEY_get_bn_param(key, name, &number) == 1 else { return nil }
        defer { unsafe BN_free(number) }
        var bytes = [UInt8](repeating: 0, count: (Int(unsafe BN_num_bits(number)) + 7) / 8)
        unsafe _ = BN_bn2bin(number, &bytes)
        return bytes
    }

    /// The signature of some bytes.
    package func sign(_ message: Span<UInt8>) throws(CryptographyError) -> [UInt8] {
        guard let context = unsafe EVP_MD_CTX_new() else {
            throw LibcryptoCheck.failure("EVP_MD_CTX_new")
        }
        defer { unsafe EVP_MD_CTX_free(context) }
        let begun = unsafe EVP_DigestSignInit(context, nil, EVP_sha256(), nil, key)
        try LibcryptoCheck.succeeded(begun, "EVP_DigestSignInit")
        var count = Int(unsafe EVP_PKEY_get_size(key))
        var signature = [UInt8](repeating: 0, count: count)
        let code = unsafe signature.withUnsafeMutableBufferPointer { signature in
            unsafe message.withUnsafeBufferPointer { message in
                unsafe EVP_DigestSign(
                    context,
                    signature.baseAddress,
                    &count,
                    message.baseAddress,
                    message.count
                )
            }
        }
        try LibcryptoCheck.succeeded(code, "EVP_DigestSign")
        return Array(signature[..<count])
    }
}
