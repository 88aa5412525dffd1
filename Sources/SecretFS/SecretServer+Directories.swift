// SPDX-License-Identifier: Apache-2.0
internal import Synchronization
internal import Platform
internal import FUSE

/// Listing.
extension SecretServer {
    func openDirectory(
        _ inode: UInt64,
        by caller: FUSEContext,
        reply: consuming FUSEOpenReply
    ) {
        if !mayRead(caller) { return reply.refuse(.accessDenied) }
        let opened = inodes.withLock { inodes in
            inodes[inode].flatMap { found in
                found.entries.map { entries in
                    OpenDirectory(inode: inode, parent: found.parent, entries: entries)
                }
            }
        }
        guard let opened else { return reply.refuse(.notFound) }
        let handle = directories.withLock { $0.insert(opened) }
        if !reply.opened(handle) { _ = directories.withLock { $0.remove(handle) } }
    }

    /// An entry's position among `.`, `..` and the names is where a later call goes on.
    func readDirectory(
        _ handle: UInt64,
        at offset: Int,
        reply: consuming FUSEDirectoryReply
    ) {
        guard let directory = directories.withLock({ $0[handle] }) else {
            return reply.refuse(.badDescriptor)
        }
        let count = directory.entries.all.count + 2
        var position = max(offset, 0)
        while position < count, Self.add(directory, position, to: &reply) { position += 1 }
        reply.send()
    }

    func releaseDirectory(_ handle: UInt64, reply: consuming FUSEReply) {
        let closed = directories.withLock { $0.remove(handle) }
        if closed == nil { reply.refuse(.badDescriptor) } else { reply.done() }
    }

    private static func add(
        _ directory: OpenDirectory,
        _ position: Int,
        to reply: inout FUSEDirectoryReply
    ) -> Bool {
        let entry =
            switch position {
            case 0: DirectoryEntries.Entry(name: [0x2e], inode: directory.inode, kind: .directory)
            case 1:
                DirectoryEntries.Entry(
                    name: [0x2e, 0x2e],
                    inode: directory.parent,
                    kind: .directory
                )
            default: directory.entries.all[position - 2]
            }
        return reply.add(
            entry.name.span,
            inode: entry.inode,
            kind: entry.kind,
            next: position + 1
        )
    }
}
