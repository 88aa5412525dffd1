// SPDX-License-Identifier: Apache-2.0
internal import Secrets

/// One version of one file of one tree: what an inode stands for and an open file keeps.
final class PublishedFile: Sendable {
    let reader: SecretReader
    /// Within the tree.
    let path: String
    let permissions: UInt16
    let isAudited: Bool
    let version: SecretVersion

    init(
        reader: SecretReader,
        path: String,
        permissions: UInt16,
        isAudited: Bool,
        version: SecretVersion
    ) {
        self.reader = reader
        self.path = path
        self.permissions = permissions
        self.isAudited = isAudited
        self.version = version
    }

    /// The same file with another version of its object.
    func replaced(by version: SecretVersion) -> PublishedFile {
        PublishedFile(
            reader: reader,
            path: path,
            permissions: permissions,
            isAudited: isAudited,
            version: version
        )
    }
}
