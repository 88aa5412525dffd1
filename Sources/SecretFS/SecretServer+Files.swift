// SPDX-License-Identifier: Apache-2.0
internal import Synchronization
internal import Cryptography
internal import FUSE
internal import Platform
internal import Secrets

/// Opening and reading: where accesses are recorded, before they are answered.
extension SecretServer {
    func open(
        _ inode: UInt64,
        flags: CInt,
        by caller: FUSEContext,
        reply: consuming FUSEOpenReply
    ) {
        if FileDescriptor.Mode(rawValue: flags).changesFile {
            return reply.refuse(.readOnlyFilesystem)
        }
        if !mayRead(caller) { return reply.refuse(.accessDenied) }
        guard let file = inodes.withLock({ $0.file(inode) }) else {
            return reply.refuse(.notFound)
        }
        var process = caller.thread
        if let audit = file.audit {
            process = RunningProcess.identifier(ofThread: caller.thread)
            guard record(.open, audit, by: process, caller) else {
                return reply.refuse(.ioError)
            }
        }
        let opened = OpenFile(file, inode: inode, thread: caller.thread, process: process)
        let handle = files.withLock { $0.insert(opened) }
        if !reply.opened(handle) { _ = files.withLock { $0.remove(handle) } }
    }

    func read(
        _ handle: UInt64,
        at offset: Int,
        count: Int,
        by caller: FUSEContext,
        reply: consuming FUSEDataReply
    ) {
        let thread = caller.thread
        let found = files.withLock { files in
            files.update(handle) { opened in
                opened.noteRead(at: offset, count: count)
                return (file: opened.file, isRecorded: opened.knows(thread: thread))
            }
        }
        guard let found else { return reply.refuse(.badDescriptor) }
        if !found.isRecorded && !recordRead(handle, of: found.file, by: caller) {
            return reply.refuse(.ioError)
        }
        Self.send(found.file, from: offset, count, reply)
    }

    func release(_ handle: UInt64, reply: consuming FUSEReply) {
        guard let closed = files.withLock({ $0.remove(handle) }) else {
            return reply.refuse(.badDescriptor)
        }
        reply.done()
        if closed.mayBeCached { sweeper.sweep(closed.inode) }
    }

    private static func send(
        _ file: PublishedFile,
        from offset: Int,
        _ count: Int,
        _ reply: consuming FUSEDataReply
    ) {
        var reply: FUSEDataReply? = consume reply
        file.version.value.withBytes { bytes in
            let start = min(max(offset, 0), bytes.count)
            let end = start + min(max(count, 0), bytes.count - start)
            reply.take()?.data(bytes.extracting(start..<end))
        }
    }

    /// Records a process's first read of a file that another process opened.
    ///
    /// Returns whether the read may be answered.
    private func recordRead(
        _ handle: UInt64,
        of file: PublishedFile,
        by caller: FUSEContext
    ) -> Bool {
        guard let audit = file.audit else { return true }
        let process = RunningProcess.identifier(ofThread: caller.thread)
        return recording.withLock { _ in
            let isRecorded =
                files.withLock { $0.update(handle) { $0.knows(process: process) } } ?? false
            if !isRecorded && !record(.read, audit, by: process, caller) { return false }
            files.withLock { files in
                _ = files.update(handle) { $0.remember(thread: caller.thread, of: process) }
            }
            return true
        }
    }

    /// Returns whether the access is on record.
    private func record(
        _ kind: SecretAccess.Kind,
        _ audit: PublishedFile.Audit,
        by process: Int32,
        _ caller: FUSEContext
    ) -> Bool {
        let access = SecretAccess(
            kind: kind,
            file: audit.file,
            pid: process,
            uid: caller.uid,
            executable: RunningProcess.executable(of: process)
        )
        do {
            try audit.record(access)
            return true
        } catch {
            return false
        }
    }
}
