// SPDX-License-Identifier: Apache-2.0
internal import FUSE
internal import Platform
internal import Secrets
internal import Synchronization

/// Answers the kernel's requests for the published trees.
///
/// No lock is held while an access is recorded, but for `recording`, which keeps a process's first read
/// of an open file from being recorded twice.
final class SecretServer: FUSEFilesystem {
    /// An open directory lists what was in it when it was opened.
    struct OpenDirectory {
        let inode: UInt64
        let parent: UInt64
        let entries: DirectoryEntries
    }

    /// The kernel is told of every change, so it may keep what it knows, in seconds.
    static let timeout = 3600.0

    let inodes: Mutex<InodeTable>
    let files = Mutex(HandleTable<OpenFile>())
    let directories = Mutex(HandleTable<OpenDirectory>())
    let recording = Mutex(())
    let sweeper = PageSweeper()
    let clock: WallClock
    /// The users that may open anything; `nil` for everyone.
    private let readers: Set<UInt32>?
    private let recorder: @Sendable (AccessedFile) -> AccessRecorder

    init(
        clock: WallClock,
        readers: Set<UInt32>?,
        recorder: @escaping @Sendable (AccessedFile) -> AccessRecorder
    ) {
        self.clock = clock
        self.readers = readers
        self.recorder = recorder
        inodes = Mutex(InodeTable(at: clock.now().nanoseconds, recorder: recorder))
    }

    func mayRead(_ caller: FUSEContext) -> Bool { readers?.contains(caller.uid) ?? true }

    func lookUp(_ name: Span<UInt8>, in parent: UInt64, reply: consuming FUSEEntryReply) {
        guard let attributes = inodes.withLock({ $0.reference(name, in: parent) }) else {
            return reply.refuse(.notFound)
        }
        let entry = FUSEEntry(
            attributes,
            generation: 0,
            nameTimeout: Self.timeout,
            attributesTimeout: Self.timeout
        )
        if !reply.found(entry) { forget(attributes.inode, count: 1) }
    }

    func forget(_ inode: UInt64, count: UInt64) {
        inodes.withLock { $0.forget(inode, count: count) }
    }

    func attributes(of inode: UInt64, reply: consuming FUSEAttributesReply) {
        guard let attributes = inodes.withLock({ $0[inode]?.attributes }) else {
            return reply.refuse(.notFound)
        }
        reply.tell(attributes, timeout: Self.timeout)
    }

    func statistics(reply: consuming FUSEStatisticsReply) {
        let (count, bytes) = inodes.withLock { ($0.count, $0.byteCount) }
        reply.tell(fileCount: count, byteCount: bytes)
    }

    func modify(_ modification: FUSEModification, reply: consuming FUSEReply) {
        reply.refuse(.readOnlyFilesystem)
    }

    /// Lets every value go; nothing is answered any more.
    func clear() {
        let time = clock.now().nanoseconds
        inodes.withLock { $0 = InodeTable(at: time, recorder: recorder) }
        files.withLock { $0 = HandleTable() }
        directories.withLock { $0 = HandleTable() }
    }
}
