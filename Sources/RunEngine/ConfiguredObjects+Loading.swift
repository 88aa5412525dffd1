// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Secrets

extension ConfiguredObjects.Object {
    /// Moves the values into locked memory; a version is named `<object>/<key>` and has a fingerprint where
    /// `auditKey` is given.
    ///
    /// The texts were checked when the file was read, so a value that is not base64 is our bug.
    func load(
        auditKey: AuditKey?
    ) throws(CryptographyError) -> [String: SecretVersion] {
        var versions: [String: SecretVersion] = [:]
        for (key, value) in values {
            let encoding: SecretEncoding = value.isBase64 ? .base64 : .utf8
            guard let bytes = try encoding.decode(Array(value.text.utf8).span) else {
                preconditionFailure("validation refuses a value that is not base64")
            }
            let print = try auditKey?.fingerprint(of: bytes) ?? ""
            versions[key] = SecretVersion(
                name: "\(name)/\(key)",
                value: bytes,
                fingerprint: print
            )
        }
        return versions
    }
}
