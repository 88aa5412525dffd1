// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns one block of a PEM text, decoded into the secure heap.
@safe struct PEMBlock: ~Copyable {
    private let label: UnsafeMutablePointer<CChar>
    private let header: UnsafeMutablePointer<CChar>?
    private let data: UnsafeMutablePointer<UInt8>
    private let byteCount: Int

    /// Reads the next well-formed block; `nil` when there is none.
    init?(readingFrom input: borrowing MemoryStream) {
        var label: UnsafeMutablePointer<CChar>?
        var header: UnsafeMutablePointer<CChar>?
        var data: UnsafeMutablePointer<UInt8>?
        var count = 0
        let secure = CUnsignedInt(PEM_FLAG_SECURE)
        let found = unsafe PEM_read_bio_ex(input.bio, &label, &header, &data, &count, secure)
        guard found == 1, let label = unsafe label, let data = unsafe data else {
            ERR_clear_error()
            return nil
        }
        unsafe self.label = label
        unsafe self.header = header
        unsafe self.data = data
        byteCount = count
    }

    deinit {
        unsafe CRYPTO_secure_free(label, #fileID, #line)
        unsafe CRYPTO_secure_free(header, #fileID, #line)
        unsafe CRYPTO_secure_clear_free(data, byteCount, #fileID, #line)
    }

    var isCertificate: Bool { unsafe String(cString: label) == "CERTIFICATE" }

    var isOpenSSHKey: Bool { unsafe String(cString: label) == "OPENSSH PRIVATE KEY" }

    /// Lends what it holds.
    func withBytes<Outcome>(_ body: (UnsafeRawBufferPointer) -> Outcome) -> Outcome {
        unsafe body(UnsafeRawBufferPointer(start: data, count: byteCount))
    }

    /// The key in it; `nil` when it holds none that can be read without a passphrase.
    func privateKey() -> PrivateKey? { unsafe PrivateKey(data, byteCount: byteCount) }

    /// Writes it anew, without its headers.
    func write(to output: borrowing MemoryStream) throws(CryptographyError) {
        let written = unsafe PEM_write_bio(output.bio, label, "", data, byteCount)
        try LibcryptoCheck.succeeded(written, "PEM_write_bio")
    }
}
