// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Redaction
internal import Secrets

/// A Secret that is used as a credential.
struct AnnotatedSecret: Sendable {
    var name: String
    var values: [String: SecretVersion]

    /// The value of a key that the Secret's type demands.
    func value(_ key: String) throws(ContainerConfigError) -> SecretVersion {
        guard let version = values[key] else {
            throw ContainerConfigError(
                message: "secret \"\(name)\" is used as a credential and has no key \"\(key)\""
            )
        }
        return version
    }

    /// Makes sure that `user:password`, which programs send in base64, is masked as a whole.
    func registerPair(with redactor: Redactor) throws {
        var pair = try LockedWriter(capacity: 64)
        try pair.append(value("username"))
        try pair.append(UInt8(ascii: ":"))
        try pair.append(value("password"))
        pair.withBytes { redactor.register($0, name: "\(name)/basic-auth") }
    }
}

extension LockedWriter {
    mutating func append(_ version: SecretVersion) throws(CryptographyError) {
        try version.value.withBytes { bytes throws(CryptographyError) in try append(bytes) }
    }

    mutating func append(_ text: String) throws(CryptographyError) {
        for byte in text.utf8 { try append(byte) }
    }

    /// The finished bytes, to be shared.
    consuming func shared() -> SharedLockedBytes { SharedLockedBytes(finish()) }
}
