// SPDX-License-Identifier: Apache-2.0
internal import Secrets

/// One version of one file of one tree: what an inode stands for and an open file keeps.
final class PublishedFile: Sendable {
    /// What an access is to, and what takes it down.
    final class Audit: Sendable {
        let file: AccessedFile
        let record: AccessRecorder

        init(_ file: AccessedFile, record: @escaping AccessRecorder) {
            self.file = file
            self.record = record
        }
    }

    let permissions: UInt16
    let version: SecretVersion
    /// `nil` where accesses are not recorded.
    let audit: Audit?

    init(permissions: UInt16, version: SecretVersion, audit: Audit?) {
        self.permissions = permissions
        self.version = version
        self.audit = audit
    }
}
