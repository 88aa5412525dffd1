// SPDX-License-Identifier: Apache-2.0
// The FUSE module owns libfuse 3's low-level API: a `FUSESession` reads the kernel's requests from a
// descriptor of /dev/fuse on threads of its own and hands them to a `FUSEFilesystem`, which answers
// through replies. It mounts nothing (see `FUSEMount` of Platform, and the launcher).
internal import CFUSE
internal import Glibc
package import Platform
internal import Synchronization

/// Serves one filesystem on a descriptor of /dev/fuse.
///
/// The descriptor is closed, and with it the connection, when the last thread ends: by `stop`, or because
/// the filesystem was unmounted. Whoever still uses the filesystem then gets ENOTCONN.
package final class FUSESession: Sendable {
    private struct State {
        var threads: [InterruptibleThread] = []
        /// How many of them have not ended.
        var running = 0
        /// Calls that are in `notify`: the session must outlive them.
        var notifying = 0
        var isClosing = false
        var isClosed = false
    }

    /// The session's user data; libfuse holds it unretained.
    private let operations: FUSEOperations
    private let session: Handle
    private let reserve: ThreadReserve
    private let state = Mutex(State())

    /// Prepares to answer on `device`, which belongs to a mount already made.
    ///
    /// - Throws: `FUSEError` when libfuse refuses the descriptor, which is then closed.
    package init(
        _ filesystem: any FUSEFilesystem,
        on device: consuming FileDescriptor
    ) throws(FUSEError) {
        FUSELog.redirect()
        operations = FUSEOperations(filesystem)
        do {
            reserve = try ThreadReserve()
        } catch {
            throw FUSEError(error.operation, on: error.subject, error.code)
        }
        var table = FUSEOperations.table()
        var arguments = unsafe fuse_args()
        unsafe fuse_opt_add_arg(&arguments, "tacit")
        let made = unsafe fuse_session_new(
            &arguments,
            &table,
            MemoryLayout<fuse_lowlevel_ops>.size,
            Unmanaged.passUnretained(operations).toOpaque()
        )
        unsafe fuse_opt_free_args(&arguments)
        guard let made = unsafe made else {
            throw Self.failure("fuse_session_new", on: "/dev/fuse", .invalidArgument)
        }
        let path = "/dev/fd/\(device.number)"
        if unsafe fuse_session_mount(made, path) != 0 {
            unsafe fuse_session_destroy(made)
            throw Self.failure("fuse_session_mount", on: path, .badDescriptor)
        }
        // From here on the session owns the descriptor.
        _ = device.release()
        session = unsafe Handle(pointer: made)
    }

    private static func failure(
        _ operation: String,
        on subject: String,
        _ code: Errno
    ) -> FUSEError {
        FUSEError(operation, on: subject, code, message: FUSELog.takeMessage())
    }

    deinit { closeIfIdle() }

    /// Starts answering on threads of its own; call once.
    ///
    /// One of them serves; the others stand in while it is held up, for instance by a slow disk under the
    /// filesystem's records.
    package func start(threads count: Int) {
        precondition((1...64).contains(count), "a filesystem is served by 1 to 64 threads")
        state.withLock { state in
            precondition(state.running == 0 && !state.isClosing, "a session is started once")
            state.running = count
            state.threads = (0..<count).map { index in
                InterruptibleThread("fuse-\(index)") { [self] in
                    if index == 0 { serve { false } } else { standIn() }
                    end()
                }
            }
        }
    }

    /// Ends the threads and closes the connection; idempotent, returns when it is closed.
    ///
    /// Waits for the requests being answered. Not to be called by a request's answerer.
    package func stop() {
        let threads = state.withLock { state in
            state.isClosing = true
            return state.threads
        }
        // A notification may wait for a request to be answered, so the threads go on until it is through.
        waitForNotifications()
        state.withLock { state in
            if !state.isClosed { unsafe fuse_session_exit(session.pointer) }
        }
        reserve.close()
        for thread in threads { thread.interruptUntilEnded() }
        closeIfIdle()
    }

    private func waitForNotifications() {
        while state.withLock({ $0.notifying > 0 }) { SystemThread.sleep(nanoseconds: 200_000) }
    }

    /// Reads requests and has them answered, until the session ends or `isDone` says so after a request.
    private func serve(until isDone: () -> Bool) {
        var buffer = unsafe fuse_buf()
        defer { unsafe free(buffer.mem) }
        while unsafe fuse_session_exited(session.pointer) == 0 {
            let count = unsafe fuse_session_receive_buf(session.pointer, &buffer)
            if count == -EINTR || count == -EAGAIN || count == -ENOENT { continue }
            if count <= 0 { break }
            reserve.requestBegins()
            unsafe fuse_session_process_buf(session.pointer, &buffer)
            reserve.requestEnds()
            if isDone() { return }
        }
        reserve.close()
    }

    private func standIn() {
        while reserve.waitUntilNeeded() { serve { reserve.isRelieved() } }
    }

    /// What a thread does last.
    private func end() {
        let isLast = state.withLock { state in
            state.running -= 1
            if state.running == 0 { state.isClosing = true }
            return state.running == 0
        }
        if isLast {
            waitForNotifications()
            closeIfIdle()
        }
    }

    private func closeIfIdle() {
        let closes = state.withLock { state in
            if state.running > 0 || state.isClosed { return false }
            state.isClosed = true
            return true
        }
        if closes { unsafe fuse_session_destroy(session.pointer) }
    }

    /// Tells the kernel something; nothing once the session is closing.
    private func notify(_ tell: (OpaquePointer) -> CInt) {
        let isOpen = state.withLock { state in
            if state.isClosing { return false }
            state.notifying += 1
            return true
        }
        if !isOpen { return }
        // ENOENT: the kernel knows nothing of it. ENOTCONN and the like: it asks no more.
        _ = unsafe tell(session.pointer)
        state.withLock { $0.notifying -= 1 }
    }
}

extension FUSESession {
    @safe private struct Handle: @unchecked Sendable {
        /// libfuse allows a session's loop, replies and notifications on several threads at once.
        let pointer: OpaquePointer
    }

    /// Makes the kernel forget what a name of a directory stands for.
    ///
    /// Returns when no lookup that began before can bring the old meaning back. Waits for lookups in that
    /// directory to be answered: not to be called by a request's answerer.
    package func invalidate(_ name: Span<UInt8>, in parent: UInt64) {
        unsafe name.withUnsafeBytes { bytes in
            let start = unsafe bytes.baseAddress?.assumingMemoryBound(to: CChar.self)
            unsafe notify { session in
                unsafe fuse_lowlevel_notify_inval_entry(
                    session,
                    fuse_ino_t(parent),
                    start,
                    bytes.count
                )
            }
        }
    }

    /// Makes the kernel ask again for the attributes of an inode.
    package func invalidateAttributes(of inode: UInt64) {
        unsafe notify { session in
            unsafe fuse_lowlevel_notify_inval_inode(session, fuse_ino_t(inode), -1, 0)
        }
    }

    /// Makes the kernel drop the pages that it holds of an inode, and ask again for its attributes.
    ///
    /// Waits for reads of those pages to be answered: not to be called by a request's answerer.
    package func invalidateContent(of inode: UInt64) {
        unsafe notify { session in
            unsafe fuse_lowlevel_notify_inval_inode(session, fuse_ino_t(inode), 0, 0)
        }
    }
}
