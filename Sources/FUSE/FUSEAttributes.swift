// SPDX-License-Identifier: Apache-2.0
internal import CFUSE

/// What stat(2) tells of an inode, as far as a read-only filesystem of root's has something to say.
package struct FUSEAttributes: Sendable, Hashable {
    package enum Kind: Sendable {
        case file
        case directory
    }

    package var inode: UInt64
    package var kind: Kind
    /// Permission bits.
    package var permissions: UInt16
    /// In bytes.
    package var size: Int
    package var linkCount: Int
    /// Last change: nanoseconds since 1970, UTC; not negative.
    package var modified: Int64

    package init(
        inode: UInt64,
        kind: Kind,
        permissions: UInt16,
        size: Int,
        linkCount: Int,
        modified: Int64
    ) {
        self.inode = inode
        self.kind = kind
        self.permissions = permissions
        self.size = size
        self.linkCount = linkCount
        self.modified = modified
    }

    /// Owner and group are 0.
    var status: stat {
        var status = stat()
        status.st_ino = UInt(inode)
        status.st_mode = kind.typeBits | UInt32(permissions)
        status.st_nlink = numericCast(linkCount)
        status.st_size = size
        status.st_blksize = 4096
        status.st_blocks = (size + 511) / 512
        let time = timespec(
            tv_sec: Int(modified / 1_000_000_000),
            tv_nsec: Int(modified % 1_000_000_000)
        )
        status.st_mtim = time
        status.st_ctim = time
        status.st_atim = time
        return status
    }
}

extension FUSEAttributes.Kind {
    /// The S_IFMT bits of inode(7).
    var typeBits: UInt32 {
        switch self {
        case .file: 0o100000
        case .directory: 0o040000
        }
    }
}
