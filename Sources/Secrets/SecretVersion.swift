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
    /// Which versions are this one's predecessors and successors.
    package let lineage: SecretLineage

    package init(
        name: String,
        value: consuming LockedBytes,
        lineage: SecretLineage = SecretLineage(),
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
        self.lineage = lineage
    }

    /// Whether both hold the same bytes.
    package func hasValue(of other: SecretVersion) -> Bool {
        self === other || value.isEqual(to: other.value)
    }

    /// The version that comes after this one: with the value of a later fetch, and what its store says of it.
    ///
    /// - Parameter fetched: what the store served.
    /// - Returns: a copy of it, under this one's name.
    /// - Throws: `CryptographyError` when the secure heap is full.
    package func succeeded(
        by fetched: SecretVersion
    ) throws(CryptographyError) -> SecretVersion {
        let value = try fetched.value.withBytes { bytes throws(CryptographyError) in
            try LockedBytes(copying: bytes)
        }
        return SecretVersion(
            name: name,
            value: value,
            lineage: lineage,
            number: number + 1,
            storeVersion: fetched.storeVersion,
            requestID: fetched.requestID,
            fingerprint: fetched.fingerprint
        )
    }
}
