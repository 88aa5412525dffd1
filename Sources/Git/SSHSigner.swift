// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import Cryptography
internal import Glibc

/// Signs for libssh2 with an RSA key.
///
/// Before 1.11 libssh2 signs `ssh-rsa`, which is SHA-1, and servers refuse that. It takes the name of the algorithm
/// from the public key that it is given, so the key is called `rsa-sha2-256` here, which OpenSSH reads as the
/// RSA key that it is.
@safe final class SSHSigner {
    private let key: RSASigner
    private static let algorithm = "rsa-sha2-256"

    /// `nil` for a key that is not RSA, or that is under a passphrase in OpenSSH's own form.
    init?(_ text: LockedText, passphrase: LockedText?) {
        let key = text.withBytes { text in
            guard let passphrase else { return RSASigner(text) }
            return passphrase.withTerminatedBytes { RSASigner(text, passphrase: $0) }
        }
        guard let key else { return nil }
        self.key = key
    }

    /// Makes libgit2's credential; this owner must outlive it.
    func makeCredential(
        _ out: UnsafeMutablePointer<UnsafeMutablePointer<git_credential>?>?,
        user: String
    ) -> CInt {
        guard let numbers = key.publicNumbers() else { return -1 }
        var blob: [UInt8] = []
        Self.add(Array(Self.algorithm.utf8), to: &blob)
        for number in [numbers.exponent, numbers.modulus] {
            // A leading zero keeps the number positive.
            Self.add((number.first.map { $0 >= 0x80 } == true ? [0] : []) + number, to: &blob)
        }
        let payload = unsafe Unmanaged.passUnretained(self).toOpaque()
        return unsafe blob.withUnsafeBytes { blob in
            unsafe blob.withMemoryRebound(to: CChar.self) { blob in
                unsafe cgit2_credential_ssh_custom_new(
                    out,
                    user,
                    blob.baseAddress,
                    blob.count,
                    SSHSigner.sign,
                    payload
                )
            }
        }
    }

    private static func add(_ field: [UInt8], to blob: inout [UInt8]) {
        for shift in [24, 16, 8, 0] { blob.append(UInt8(truncatingIfNeeded: field.count >> shift)) }
        blob += field
    }

    /// libssh2's callback; it frees the signature.
    private static let sign: git_credential_sign_cb = {
        _,
        signature,
        count,
        data,
        byteCount,
        abstract in
        guard let owner = unsafe abstract?.pointee, let data = unsafe data else { return -1 }
        let signer = unsafe Unmanaged<SSHSigner>.fromOpaque(owner).takeUnretainedValue()
        let message = unsafe UnsafeBufferPointer(start: data, count: byteCount)
        guard let made = try? signer.key.sign(unsafe message.span),
            let room = unsafe malloc(made.count)
        else { return -1 }
        unsafe room.copyMemory(from: made, byteCount: made.count)
        unsafe signature?.pointee = room.assumingMemoryBound(to: UInt8.self)
        unsafe count?.pointee = made.count
        return 0
    }
}
