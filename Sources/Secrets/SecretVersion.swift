// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// One version of one secret object: what a table holds and an open file keeps.
///
/// Shared by reference, so that a rotation never pulls a value from under a reader; the last holder's
/// release wipes it.
package final class SecretVersion: Sendable {
    /// The name that masks, records and reports show (a class's object name, `secret/key`).
    package let name: String
    /// What a file of it holds.
    package let value: LockedBytes
    /// Counts refetches in this process, from 1.
    package let number: Int
    /// The store's own name of the version (a KV version, an etag); empty when it has none.
    package let storeVersion: String
    /// The store's own request id of the fetch; empty when it has none.
    package let requestID: String
    /// A keyed hash of the value for records (see `AuditKey`); empty when none was made.
    package let fingerprint: String

    package init(
        name: String,
        value: consuming LockedBytes,
        number: Int = 1,
        storeVersion: String = "",
        requestID: String = "",
        fingerprint: String = ""
    ) {
        self.name = name
        self.value = value
        self.number = number
        self.storeVersion = storeVersion
        self.requestID = requestID
        self.fingerprint = fingerprint
    }
}
