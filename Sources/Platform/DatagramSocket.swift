// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// A datagram socket of the UNIX domain that is connected to another; unix(7).
package struct DatagramSocket: ~Copyable, Sendable {
    private let descriptor: FileDescriptor
    private let path: String

    /// Connects to the socket at `path`.
    ///
    /// Throws ENAMETOOLONG for a path that no socket can have, ENOENT and ECONNREFUSED where nobody listens.
    package init(connectedTo path: String) throws(SystemError) {
        descriptor = try Self.connect(to: path)
        self.path = path
    }

    private static func connect(to path: String) throws(SystemError) -> FileDescriptor {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let bytes = Array(path.utf8)
        if bytes.count >= MemoryLayout.size(ofValue: address.sun_path) {
            throw SystemError("connect", on: path, Errno(rawValue: ENAMETOOLONG))
        }
        unsafe withUnsafeMutableBytes(of: &address.sun_path) { unsafe $0.copyBytes(from: bytes) }
        let kind = CInt(SOCK_DGRAM.rawValue) | CInt(SOCK_CLOEXEC.rawValue)
        let number = Glibc.socket(AF_UNIX, kind, 0)
        if number < 0 { throw SystemError("socket", on: path, .current) }
        let socket = FileDescriptor(owning: number)
        let size = socklen_t(MemoryLayout<sockaddr_un>.size)
        let outcome = unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe Glibc.connect(number, $0, size)
            }
        }
        if outcome != 0 { throw SystemError("connect", on: path, .current) }
        return socket
    }

    /// Sends one datagram; waits for nobody, so that a receiver that is behind is EAGAIN.
    package borrowing func send(_ bytes: [UInt8]) throws(SystemError) {
        let flags = CInt(MSG_DONTWAIT) | CInt(MSG_NOSIGNAL)
        let count = unsafe bytes.withUnsafeBytes { source in
            unsafe Glibc.send(descriptor.number, source.baseAddress, source.count, flags)
        }
        if count < 0 { throw SystemError("send", on: path, .current) }
    }
}
