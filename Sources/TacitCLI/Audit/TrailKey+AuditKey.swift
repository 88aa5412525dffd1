// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import RunRecords
internal import Secrets

extension TrailKey {
    /// The key of the chains, derived from the one that fingerprints values.
    convenience init(of key: AuditKey) throws(CryptographyError) {
        self.init(try key.derive("trail"))
    }
}
