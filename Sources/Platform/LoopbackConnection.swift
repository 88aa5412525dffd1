// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Connections to what listens on this host.
package enum LoopbackConnection {
    /// A TCP socket in the network of this process, not connected and not blocking; socket(2), tcp(7).
    package static func socket() throws(SystemError) -> FileDescriptor {
        let kind = CInt(SOCK_STREAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(AF_INET, kind | CInt(SOCK_NONBLOCK.rawValue), 0)
        if number < 0 { throw SystemError("socket", on: "127.0.0.1", .current) }
        return FileDescriptor(owning: number)
    }

    /// Connects a socket, of whatever network, to a port of that network's 127.0.0.1; connect(2).
    ///
    /// Blocks for up to `milliseconds`: call it on a thread of your own. The descriptor, which is returned,
    /// does not block: ask whether it is readable before reading. Throws `connectionRefused` when nothing
    /// listens, and `timedOut`.
    package static func connect(
        _ descriptor: consuming FileDescriptor,
        to port: UInt16,
        milliseconds: CInt
    ) throws(SystemError) -> FileDescriptor {
        let subject = "127.0.0.1:\(port)"
        let number = descriptor.number
        var address = sockaddr_in()
        address.sin_family = sa_family_t(AF_INET)
        address.sin_port = port.bigEndian
        address.sin_addr.s_addr = UInt32(0x7f00_0001).bigEndian
        let size = socklen_t(MemoryLayout<sockaddr_in>.size)
        let outcome = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(number, $0, size)
            }
        }
        if outcome == 0 { return descriptor }
        let code = Errno.current
        guard code.rawValue == EINPROGRESS else { throw SystemError("connect", on: subject, code) }
        try wait(for: descriptor, milliseconds, subject)
        return descriptor
    }

    private static func wait(
        for descriptor: borrowing FileDescriptor,
        _ milliseconds: CInt,
        _ subject: String
    ) throws(SystemError) {
        var question = pollfd(fd: descriptor.number, events: Int16(POLLOUT), revents: 0)
        let count = unsafe poll(&question, 1, milliseconds)
        if count < 0 { throw SystemError("poll", on: subject, .current) }
        if count == 0 {
            throw SystemError("connect", on: subject, Errno(rawValue: ETIMEDOUT))
        }
        var failure: CInt = 0
        var size = socklen_t(MemoryLayout<CInt>.size)
        if unsafe getsockopt(descriptor.number, SOL_SOCKET, SO_ERROR, &failure, &size) != 0 {
            throw SystemError("getsockopt", on: subject, .current)
        }
        if failure != 0 { throw SystemError("connect", on: subject, Errno(rawValue: failure)) }
    }
}
