// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns an EVP_CIPHER_CTX set up for AES-256-GCM; freeing it wipes its key schedule.
@safe struct CipherContext: ~Copyable {
    enum Direction: CInt {
        case decrypt = 0
        case encrypt = 1
    }

    private let context: OpaquePointer

    private init() throws(CryptographyError) {
        guard let context = unsafe EVP_CIPHER_CTX_new() else {
            throw LibcryptoCheck.failure("EVP_CIPHER_CTX_new")
        }
        unsafe self.context = context
    }

    /// A context that has taken in the key, the nonce and the header.
    static func start(
        _ direction: Direction,
        key: borrowing LockedBytes,
        nonce: Span<UInt8>,
        header: Span<UInt8>
    ) throws(CryptographyError) -> CipherContext {
        precondition(key.count == AES256GCM.keyByteCount, "an AES-256 key has 32 bytes")
        precondition(nonce.count == AES256GCM.nonceByteCount, "a GCM nonce has 12 bytes here")
        let cipher = try CipherContext()
        let started = key.withBytes { key in
            unsafe key.withUnsafeBufferPointer { key in
                unsafe nonce.withUnsafeBufferPointer { nonce in
                    unsafe EVP_CipherInit_ex(
                        cipher.context,
                        EVP_aes_256_gcm(),
                        nil,
                        key.baseAddress,
                        nonce.baseAddress,
                        direction.rawValue
                    )
                }
            }
        }
        try LibcryptoCheck.succeeded(started, "EVP_CipherInit_ex")
        try cipher.authenticate(header)
        return cipher
    }

    deinit { unsafe EVP_CIPHER_CTX_free(context) }

    private func authenticate(_ header: Span<UInt8>) throws(CryptographyError) {
        var written: CInt = 0
        let code = unsafe header.withUnsafeBufferPointer { header in
            unsafe EVP_CipherUpdate(context, nil, &written, header.baseAddress, CInt(header.count))
        }
        try LibcryptoCheck.succeeded(code, "EVP_CipherUpdate")
    }

    /// Transforms `input` into the first bytes of `output`, as many.
    func update(
        _ input: Span<UInt8>,
        into output: inout MutableSpan<UInt8>
    ) throws(CryptographyError) {
        precondition(output.count >= input.count, "the output has room for the input")
        if input.isEmpty { return }
        var written: CInt = 0
        let code = unsafe output.withUnsafeMutableBufferPointer { output in
            unsafe input.withUnsafeBufferPointer { input in
                unsafe EVP_CipherUpdate(
                    context,
                    output.baseAddress,
                    &written,
                    input.baseAddress,
                    CInt(input.count)
                )
            }
        }
        try LibcryptoCheck.succeeded(code, "EVP_CipherUpdate")
    }

    /// Ends an encryption.
    ///
    /// - Returns: the tag.
    func finishEncryption() throws(CryptographyError) -> [UInt8] {
        var nothing: CInt = 0
        var unused: UInt8 = 0
        try LibcryptoCheck.succeeded(
            unsafe EVP_CipherFinal_ex(context, &unused, &nothing),
            "EVP_CipherFinal_ex"
        )
        var tag = [UInt8](repeating: 0, count: AES256GCM.tagByteCount)
        let code = unsafe tag.withUnsafeMutableBufferPointer { tag in
            unsafe EVP_CIPHER_CTX_ctrl(
                context,
                EVP_CTRL_AEAD_GET_TAG,
                CInt(tag.count),
                tag.baseAddress
            )
        }
        try LibcryptoCheck.succeeded(code, "EVP_CIPHER_CTX_ctrl")
        return tag
    }

    /// Ends a decryption; throws `notAuthentic` when `tag` is not what the bytes give.
    func finishDecryption(tag: Span<UInt8>) throws(CryptographyError) {
        // The call takes a writable pointer but only reads the tag when it sets one.
        var copy: [UInt8] = []
        for index in tag.indices { copy.append(tag[index]) }
        let code = unsafe copy.withUnsafeMutableBufferPointer { tag in
            unsafe EVP_CIPHER_CTX_ctrl(
                context,
                EVP_CTRL_AEAD_SET_TAG,
                CInt(tag.count),
                tag.baseAddress
            )
        }
        try LibcryptoCheck.succeeded(code, "EVP_CIPHER_CTX_ctrl")
        var nothing: CInt = 0
        var unused: UInt8 = 0
        if unsafe EVP_CipherFinal_ex(context, &unused, &nothing) <= 0 {
            ERR_clear_error()
            throw CryptographyError.notAuthentic
        }
    }
}
