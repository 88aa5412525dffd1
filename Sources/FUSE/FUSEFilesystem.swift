// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// What answers the requests of a `FUSESession`: the low-level operations of libfuse.
///
/// Calls come from the session's own threads, several at once. Inode 1 is the root. Every request is
/// answered through its reply, exactly once, at any time and from any thread. What a filesystem does not
/// implement answers ENOSYS.
///
/// Source: fuse_lowlevel.h of libfuse 3, `struct fuse_lowlevel_ops`.
package protocol FUSEFilesystem: AnyObject, Sendable {
    /// Looks a name up in a directory. Every answer but a refusal counts as one reference.
    ///
    /// `name` is lent for the call; 1 to 255 bytes.
    func lookUp(_ name: Span<UInt8>, in parent: UInt64, reply: consuming FUSEEntryReply)

    /// The kernel drops `count` of its references to an inode.
    func forget(_ inode: UInt64, count: UInt64)

    /// Tells the attributes of an inode.
    func attributes(of inode: UInt64, reply: consuming FUSEAttributesReply)

    /// Opens a file; `flags` are those of open(2), without O_CREAT and O_EXCL.
    func open(_ inode: UInt64, flags: CInt, by caller: FUSEContext, reply: consuming FUSEOpenReply)

    /// Reads up to `count` bytes at `offset`; fewer only at the end of the file.
    func read(
        _ handle: UInt64,
        at offset: Int,
        count: Int,
        by caller: FUSEContext,
        reply: consuming FUSEDataReply
    )

    /// The last descriptor and mapping of an open file is gone.
    func release(_ handle: UInt64, reply: consuming FUSEReply)

    /// Opens a directory.
    func openDirectory(_ inode: UInt64, by caller: FUSEContext, reply: consuming FUSEOpenReply)

    /// Lists an open directory, `.` and `..` included, from `offset`: 0, or an entry's `next`.
    func readDirectory(_ handle: UInt64, at offset: Int, reply: consuming FUSEDirectoryReply)

    /// The last descriptor of an open directory is gone.
    func releaseDirectory(_ handle: UInt64, reply: consuming FUSEReply)

    /// Tells the size of the filesystem.
    func statistics(reply: consuming FUSEStatisticsReply)

    /// Any request that would change the filesystem.
    func modify(_ modification: FUSEModification, reply: consuming FUSEReply)
}

extension FUSEFilesystem {
    package func lookUp(
        _ name: Span<UInt8>,
        in parent: UInt64,
        reply: consuming FUSEEntryReply
    ) {
        reply.refuse(.notImplemented)
    }

    package func forget(_ inode: UInt64, count: UInt64) {}

    package func attributes(of inode: UInt64, reply: consuming FUSEAttributesReply) {
        reply.refuse(.notImplemented)
    }

    package func open(
        _ inode: UInt64,
        flags: CInt,
        by caller: FUSEContext,
        reply: consuming FUSEOpenReply
    ) {
        reply.refuse(.notImplemented)
    }

    package func read(
        _ handle: UInt64,
        at offset: Int,
        count: Int,
        by caller: FUSEContext,
        reply: consuming FUSEDataReply
    ) {
        reply.refuse(.notImplemented)
    }

    package func release(_ handle: UInt64, reply: consuming FUSEReply) {
        reply.refuse(.notImplemented)
    }

    package func openDirectory(
        _ inode: UInt64,
        by caller: FUSEContext,
        reply: consuming FUSEOpenReply
    ) {
        reply.refuse(.notImplemented)
    }

    package func readDirectory(
        _ handle: UInt64,
        at offset: Int,
        reply: consuming FUSEDirectoryReply
    ) {
        reply.refuse(.notImplemented)
    }

    package func releaseDirectory(_ handle: UInt64, reply: consuming FUSEReply) {
        reply.refuse(.notImplemented)
    }

    package func statistics(reply: consuming FUSEStatisticsReply) {
        reply.refuse(.notImplemented)
    }

    package func modify(_ modification: FUSEModification, reply: consuming FUSEReply) {
        reply.refuse(.notImplemented)
    }
}
