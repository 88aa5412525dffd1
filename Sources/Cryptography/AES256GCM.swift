// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Authenticated encryption with AES-256 in Galois/Counter mode (NIST SP 800-38D).
///
/// The nonce is 12 bytes and must never be used twice with one key; the tag is 16 bytes and follows
/// the ciphertext.
package enum AES256GCM {
    /// Of a key.
    package static let keyByteCount = 32
    /// Of a nonce.
    package static let nonceByteCount = 12
    /// Of the tag that ends the ciphertext.
    package static let tagByteCount = 16

    /// Encrypts `plaintext`, and authenticates `header` along with it.
    ///
    /// - Returns: the ciphertext, as long as the plaintext, and then the tag.
    package static func seal(
        _ plaintext: Span<UInt8>,
        key: borrowing LockedBytes,
        nonce: Span<UInt8>,
        header: Span<UInt8>
    ) throws(CryptographyError) -> [UInt8] {
        let context = try CipherContext.start(.encrypt, key: key, nonce: nonce, header: header)
        var sealed = [UInt8](repeating: 0, count: plaintext.count)
        var output = sealed.mutableSpan
        try context.update(plaintext, into: &output)
        return sealed + (try context.finishEncryption())
    }

    /// Decrypts what `seal` made, into locked memory.
    ///
    /// - Throws: `CryptographyError.notAuthentic` when a byte of `sealed` or of `header` was altered or
    ///   the key or nonce is another one.
    package static func open(
        _ sealed: Span<UInt8>,
        key: borrowing LockedBytes,
        nonce: Span<UInt8>,
        header: Span<UInt8>
    ) throws(CryptographyError) -> LockedBytes {
        if sealed.count < tagByteCount { throw CryptographyError.notAuthentic }
        let context = try CipherContext.start(.decrypt, key: key, nonce: nonce, header: header)
        let byteCount = sealed.count - tagByteCount
        var buffer = try LockedWriter(capacity: byteCount)
        try buffer.fill { output throws(CryptographyError) in
            output.append(repeating: 0, count: byteCount)
            var plaintext = output.mutableSpan
            try context.update(sealed.extracting(first: byteCount), into: &plaintext)
        }
        try context.finishDecryption(tag: sealed.extracting(last: tagByteCount))
        return buffer.finish()
    }
}
