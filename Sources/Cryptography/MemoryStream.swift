// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Owns a BIO over memory.
@safe struct MemoryStream: ~Copyable {
    let bio: OpaquePointer

    private init(owning bio: OpaquePointer) {
        unsafe self.bio = bio
    }

    deinit { unsafe BIO_free(bio) }

    /// A stream that is written to, in the secure heap.
    static func empty() throws(CryptographyError) -> MemoryStream {
        guard let bio = unsafe BIO_new(BIO_s_secmem()) else {
            throw LibcryptoCheck.failure("BIO_new")
        }
        return unsafe MemoryStream(owning: bio)
    }

    /// A stream that reads `bytes` in place; they must outlive it.
    @unsafe static func reading(
        _ bytes: UnsafeRawBufferPointer
    ) throws(CryptographyError) -> MemoryStream {
        // An empty buffer may have no address, which libcrypto refuses.
        guard
            let bio = unsafe bytes.isEmpty
                ? BIO_new(BIO_s_mem()) : BIO_new_mem_buf(bytes.baseAddress, CInt(bytes.count))
        else { throw LibcryptoCheck.failure("BIO_new_mem_buf") }
        return unsafe MemoryStream(owning: bio)
    }

    /// What was written to it.
    func content() throws(CryptographyError) -> LockedBytes {
        var start: UnsafeMutablePointer<CChar>?
        let count = unsafe withUnsafeMutablePointer(to: &start) { start in
            unsafe BIO_ctrl(bio, BIO_CTRL_INFO, 0, start)
        }
        guard count > 0, let start = unsafe start else {
            return try LockedWriter(capacity: 0).finish()
        }
        let bytes = unsafe UnsafeRawBufferPointer(start: start, count: count)
        return try LockedBytes(copying: unsafe bytes.bindMemory(to: UInt8.self).span)
    }
}
