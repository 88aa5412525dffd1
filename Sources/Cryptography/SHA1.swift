// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// The checksum at the end of git's packs and indexes, taken piece by piece.
///
/// Thread rule: belongs to one thread. It finds what was damaged by chance. It names no object: that takes a SHA-1 that looks out for collisions.
@safe package final class SHA1 {
    /// Of a digest.
    package static let byteCount = 20
    private let context: OpaquePointer

    package init() throws(CryptographyError) {
        guard let made = unsafe EVP_MD_CTX_new() else {
            throw LibcryptoCheck.failure("EVP_MD_CTX_new")
        }
        unsafe context = made
        try LibcryptoCheck.succeeded(
            unsafe EVP_DigestInit_ex(made, EVP_sha1(), nil),
            "EVP_DigestInit_ex"
        )
    }

    deinit { unsafe EVP_MD_CTX_free(context) }

    /// Takes the next bytes.
    package func update(_ bytes: Span<UInt8>) throws(CryptographyError) {
        let code = unsafe bytes.withUnsafeBytes { bytes in
            unsafe EVP_DigestUpdate(context, bytes.baseAddress, bytes.count)
        }
        try LibcryptoCheck.succeeded(code, "EVP_DigestUpdate")
    }

    /// The digest of all bytes so far, 20 bytes; nothing can follow.
    package func finish() throws(CryptographyError) -> [UInt8] {
        var digest = [UInt8](repeating: 0, count: Self.byteCount)
        let code = unsafe digest.withUnsafeMutableBufferPointer { digest in
            unsafe EVP_DigestFinal_ex(context, digest.baseAddress, nil)
        }
        try LibcryptoCheck.succeeded(code, "EVP_DigestFinal_ex")
        return digest
    }
}
