// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Redaction
internal import Secrets

extension Redactor {
    /// From its return on, no stream lets the value through.
    func register(_ version: SecretVersion) {
        version.value.withBytes { register($0, name: version.name) }
    }
}
