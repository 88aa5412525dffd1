// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// The sockets of this process, for calls of a library that cannot be got out of their wait otherwise.
package enum ConnectedSockets {
    /// Breaks every connection to that port, or that is being made to it; shutdown(2).
    ///
    /// Whoever waits in one of them sees its end.
    package static func shutDown(peerPort port: Int) {
        for name in (try? Directory.names(in: "/proc/self/fd")) ?? [] {
            guard let number = CInt(name), number > 2, peerPort(of: number) == port else {
                continue
            }
            _ = shutdown(number, CInt(SHUT_RDWR))
        }
    }

    private static func peerPort(of number: CInt) -> Int? {
        var address = sockaddr_storage()
        var length = socklen_t(MemoryLayout<sockaddr_storage>.size)
        let failed = unsafe withUnsafeMutablePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                unsafe getpeername(number, $0, &length) != 0
            }
        }
        if failed { return nil }
        let family = CInt(address.ss_family)
        guard family == AF_INET || family == AF_INET6 else { return nil }
        // Both kinds of address have the port at the same place.
        return unsafe withUnsafePointer(to: &address) { pointer in
            unsafe pointer.withMemoryRebound(to: sockaddr_in.self, capacity: 1) {
                unsafe Int(UInt16(bigEndian: $0.pointee.sin_port))
            }
        }
    }
}
