// SPDX-License-Identifier: Apache-2.0
internal import Secrets

/// What an access is to: one version of one file, without its value, which it must not keep in memory.
package final class AccessedFile: Sendable {
    /// Whose tree it was reached through.
    package let reader: SecretReader
    /// The file's path within the tree.
    package let path: String
    /// The object's name.
    package let object: String
    /// Counts the object's versions, from 1.
    package let version: Int
    /// See `SecretVersion`.
    package let storeVersion: String
    /// See `SecretVersion`.
    package let requestID: String
    /// See `SecretVersion`.
    package let fingerprint: String

    init(reader: SecretReader, path: String, version: SecretVersion) {
        self.reader = reader
        self.path = path
        object = version.name
        self.version = version.number
        storeVersion = version.storeVersion
        requestID = version.requestID
        fingerprint = version.fingerprint
    }
}
