// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// What a Kubernetes TLS Secret takes out of a PFX archive (PKCS #12, RFC 7292) that has no password.
@safe package struct PFXArchive: ~Copyable {
    private let certificate: OpaquePointer?
    private let authorities: OpaquePointer?
    private var key: PrivateKey?

    /// Takes it apart; `nil` where it is none, has a password, or is encrypted as only old systems do it.
    package init?(_ bytes: Span<UInt8>) {
        let archive = unsafe bytes.withUnsafeBytes { buffer -> OpaquePointer? in
            var cursor = unsafe buffer.baseAddress?.assumingMemoryBound(to: UInt8.self)
            return unsafe d2i_PKCS12(nil, &cursor, buffer.count)
        }
        guard let archive = unsafe archive else {
            ERR_clear_error()
            return nil
        }
        defer { unsafe PKCS12_free(archive) }
        var (key, certificate, authorities): (OpaquePointer?, OpaquePointer?, OpaquePointer?)
        unsafe (key, certificate, authorities) = (nil, nil, nil)
        guard unsafe PKCS12_parse(archive, "", &key, &certificate, &authorities) == 1 else {
            ERR_clear_error()
            return nil
        }
        unsafe self.certificate = certificate
        unsafe self.authorities = authorities
        self.key = unsafe key.map { unsafe PrivateKey(owning: $0) }
    }

    deinit {
        unsafe X509_free(certificate)
        for place in 0..<max(0, unsafe OPENSSL_sk_num(authorities)) {
            unsafe X509_free(OpaquePointer(OPENSSL_sk_value(authorities, place)))
        }
        unsafe OPENSSL_sk_free(authorities)
    }

    /// The certificates as PEM text, that of the key first; empty when there are none.
    package func certificates() throws(CryptographyError) -> LockedBytes {
        let output = try MemoryStream.empty()
        if let certificate = unsafe certificate {
            let written = unsafe PEM_write_bio_X509(output.bio, certificate)
            try LibcryptoCheck.succeeded(written, "PEM_write_bio_X509")
        }
        for place in 0..<max(0, unsafe OPENSSL_sk_num(authorities)) {
            let authority = unsafe OpaquePointer(OPENSSL_sk_value(authorities, place))
            let written = unsafe PEM_write_bio_X509(output.bio, authority)
            try LibcryptoCheck.succeeded(written, "PEM_write_bio_X509")
        }
        return try output.content()
    }

    /// The key as PEM text, of RSA (PKCS #1) or of an elliptic curve (SEC 1); `nil` for none, or another kind.
    package func privateKey() throws(CryptographyError) -> LockedBytes? {
        let output = try MemoryStream.empty()
        let isWritten = try key?.writeTraditional(to: output) ?? false
        return isWritten ? try output.content() : nil
    }
}
