// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns an EVP_PKEY, an RSA key or one of an elliptic curve.
@safe struct PrivateKey: ~Copyable {
    private let key: OpaquePointer

    /// Reads a key in DER: PKCS #1, SEC 1 or unencrypted PKCS #8; `nil` for anything else.
    @unsafe init?(_ data: UnsafePointer<UInt8>, byteCount: Int) {
        var cursor: UnsafePointer<UInt8>? = unsafe data
        guard let key = unsafe d2i_AutoPrivateKey(nil, &cursor, byteCount) else {
            ERR_clear_error()
            return nil
        }
        unsafe self.key = key
    }

    /// Takes a key over.
    @unsafe init(owning key: OpaquePointer) { unsafe self.key = key }

    deinit { unsafe EVP_PKEY_free(key) }

    /// Writes it as `RSA PRIVATE KEY` or `EC PRIVATE KEY`.
    ///
    /// - Returns: `false`, with nothing written, for other kinds.
    func writeTraditional(to output: borrowing MemoryStream) throws(CryptographyError) -> Bool {
        let kind = unsafe EVP_PKEY_get_base_id(key)
        if kind != EVP_PKEY_RSA, kind != EVP_PKEY_EC { return false }
        let written = unsafe PEM_write_bio_PrivateKey_traditional(
            output.bio,
            key,
            nil,
            nil,
            0,
            nil,
            nil
        )
        try LibcryptoCheck.succeeded(written, "PEM_write_bio_PrivateKey_traditional")
        return true
    }
}
