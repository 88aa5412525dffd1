// SPDX-License-Identifier: Apache-2.0
internal import COpenSSL

/// Reads `openssh-key-v1`, the form in which ssh-keygen writes private keys (PROTOCOL.key of OpenSSH).
///
/// The bytes stay where they are, in the secure heap, and must outlive it.
@safe struct OpenSSHKey {
    private let bytes: UnsafeRawBufferPointer
    private var next: Int

    private static let magic = Array("openssh-key-v1\0".utf8)

    /// `nil` for another form, and for a key under a passphrase.
    init?(_ bytes: UnsafeRawBufferPointer) {
        guard unsafe bytes.starts(with: Self.magic) else { return nil }
        unsafe self.bytes = unsafe bytes
        next = Self.magic.count
        // The cipher, how the passphrase is stretched, and with which salt; one key, and its public half.
        guard text("none"), text("none"), unsafe field() != nil, number() == 1,
            unsafe field() != nil, let left = number(), next + left <= bytes.count,
            let check = number(), number() == check
        else { return nil }
    }

    /// The key; `nil` when it is of another kind.
    mutating func makeRSA() -> OpaquePointer? {
        guard text("ssh-rsa"), let modulus = unsafe field(), let exponent = unsafe field(),
            let secret = unsafe field(), let builder = unsafe OSSL_PARAM_BLD_new()
        else { return nil }
        defer { unsafe OSSL_PARAM_BLD_free(builder) }
        var numbers: [OpaquePointer] = unsafe []
        defer { for index in unsafe numbers.indices { unsafe BN_clear_free(numbers[index]) } }
        for place in 0..<3 {
            let value = unsafe [modulus, exponent, secret][place]
            guard let number = unsafe BN_secure_new() else { return nil }
            unsafe numbers.append(number)
            let start = unsafe value.bindMemory(to: UInt8.self).baseAddress
            guard unsafe BN_bin2bn(start, CInt(value.count), number) != nil,
                unsafe copenssl_push_rsa_number(builder, CInt(place), number) == 1
            else { return nil }
        }
        guard let parameters = unsafe OSSL_PARAM_BLD_to_param(builder) else { return nil }
        defer { unsafe OSSL_PARAM_free(parameters) }
        guard let context = unsafe EVP_PKEY_CTX_new_from_name(nil, "RSA", nil) else { return nil }
        defer { unsafe EVP_PKEY_CTX_free(context) }
        var key: OpaquePointer?
        guard unsafe EVP_PKEY_fromdata_init(context) == 1,
            unsafe EVP_PKEY_fromdata(context, &key, copenssl_keypair(), parameters) == 1
        else { return nil }
        return unsafe key
    }

    private mutating func number() -> Int? {
        guard unsafe next + 4 <= bytes.count else { return nil }
        defer { next += 4 }
        return unsafe bytes[next..<next + 4].reduce(0) { $0 << 8 | Int($1) }
    }

    /// A field with its length before it.
    private mutating func field() -> UnsafeRawBufferPointer? {
        guard let count = number(), unsafe next + count <= bytes.count else { return nil }
        defer { next += count }
        return unsafe UnsafeRawBufferPointer(rebasing: bytes[next..<next + count])
    }

    private mutating func text(_ expected: String) -> Bool {
        guard let field = unsafe field() else { return false }
        return unsafe field.elementsEqual(expected.utf8)
    }
}
