// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc
internal import Synchronization

/// The launcher as a child process, and the socket to it.
///
/// Its code is C (CLinux), as it must run where no Swift may: in a forked child that never executes another
/// program.
package final class LauncherProcess: Sendable {
    package let pid: Int32
    private let socket: FileDescriptor
    /// Wakes the receiving thread when a request could not be sent at once.
    private let wake: Pipe
    private let outgoing = Mutex(Outgoing())

    private struct Outgoing {
        var messages: [LauncherMessage] = []
        var isClosed = false
    }

    private init(pid: Int32, socket: consuming FileDescriptor, wake: consuming Pipe) {
        self.pid = pid
        self.socket = socket
        self.wake = wake
    }

    /// Forks the launcher; `fork` is the process's first act, on its first thread and before any secret.
    ///
    /// It may come from another thread (a test's): the child then ends with the socket alone and not with
    /// the thread that forked it. An ordinary user's makes a user namespace, with the ids that the host
    /// grants him.
    package static func fork() throws(SystemError) -> LauncherProcess {
        let wake = try Pipe()
        var socket: CInt = -1
        let pid = unsafe isPrivileged ? fork(nil, &socket) : forkForUser(&socket)
        if pid < 0 { throw SystemError("fork", on: "the launcher", .current) }
        return LauncherProcess(pid: pid, socket: FileDescriptor(owning: socket), wake: wake)
    }

    /// Whether this process is root, and needs no user namespace.
    package static var isPrivileged: Bool { geteuid() == 0 }

    private static func forkForUser(_ socket: inout CInt) -> CInt {
        guard let ids = SubordinateIDs(ofUser: geteuid()) else {
            var maps = unsafe clinux_id_maps()
            return unsafe fork(&maps, &socket)
        }
        return unsafe ids.userTool.withCString { userTool in
            unsafe ids.groupTool.withCString { groupTool in
                var maps = unsafe clinux_id_maps(
                    user_tool: userTool,
                    group_tool: groupTool,
                    users: clinux_id_range(first: ids.users.first, count: ids.users.count),
                    groups: clinux_id_range(first: ids.groups.first, count: ids.groups.count)
                )
                return unsafe fork(&maps, &socket)
            }
        }
    }

    private static func fork(
        _ maps: UnsafePointer<clinux_id_maps>?,
        _ socket: inout CInt
    ) -> CInt {
        unsafe clinux_fork_launcher(isFirstThread ? 1 : 0, maps, &socket)
    }

    private static var isFirstThread: Bool { clinux_is_first_thread() != 0 }

    /// Sends a request without waiting; `receive` sends on what the socket does not take now.
    ///
    /// Once the launcher is gone the request is dropped, and `receive` says so.
    package func send(_ message: LauncherMessage) {
        let isQueued = outgoing.withLock { outgoing in
            if outgoing.isClosed { return false }
            outgoing.messages.append(message)
            return !flush(&outgoing)
        }
        if isQueued { try? wake.writer.descriptor.write([0]) }
    }

    /// Waits for the next reply; `nil` when the launcher has ended.
    ///
    /// For one thread of its own.
    package func receive() -> LauncherReply? {
        while true {
            let isQueued = outgoing.withLock { !flush(&$0) }
            let wanted = Int16(isQueued ? POLLIN | POLLOUT : POLLIN)
            var events = [
                pollfd(fd: socket.number, events: wanted, revents: 0),
                pollfd(fd: wake.reader.descriptor.number, events: Int16(POLLIN), revents: 0),
            ]
            if unsafe poll(&events, 2, -1) < 0 { continue }
            if events[1].revents != 0 { drainWake() }
            if events[0].revents & ~Int16(POLLOUT) == 0 { continue }
            guard let reply = receiveReply() else {
                close()
                return nil
            }
            return reply
        }
    }

    /// Tells the launcher to end every step and itself.
    package func disconnect() {
        _ = shutdown(socket.number, CInt(SHUT_WR))
    }

    /// Kills a step's init, which the launcher has not reaped yet.
    package static func kill(_ process: Int32) {
        _ = Glibc.kill(process, SIGKILL)
    }

    /// Waits until the process has ended and takes its status off the kernel's table.
    ///
    /// Blocks: call it on a thread of your own.
    package func reap() {
        var status: CInt = 0
        while unsafe waitpid(pid, &status, 0) < 0, Errno.current == .interrupted {}
    }

    /// Whether nothing is left to send.
    private func flush(_ outgoing: inout Outgoing) -> Bool {
        while let message = outgoing.messages.first {
            do {
                if try !message.sendRest(to: socket.number) { return false }
            } catch {
                // The launcher is gone; `receive` finds the same.
                outgoing.messages = []
                return true
            }
            outgoing.messages.removeFirst()
        }
        return true
    }

    private func close() {
        outgoing.withLock {
            $0.isClosed = true
            $0.messages = []
        }
    }

    private func drainWake() {
        var buffer = [UInt8](repeating: 0, count: 64)
        _ = try? wake.reader.descriptor.read(into: &buffer)
    }

    private func receiveReply() -> LauncherReply? {
        var raw = clinux_reply()
        if unsafe clinux_receive(socket.number, &raw) == 0 { return nil }
        let length = Int(raw.length)
        let body = unsafe withUnsafeBytes(of: &raw.body) { unsafe Array($0.prefix(length)) }
        let descriptor: FileDescriptor? =
            raw.descriptor >= 0 ? FileDescriptor(owning: raw.descriptor) : nil
        return LauncherReply(kind: raw.kind, id: raw.id, body: body, descriptor: descriptor)
    }
}
