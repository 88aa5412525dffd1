// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileDescriptor {
    /// Writes all of `bytes`, waiting for room also when someone made the descriptor non-blocking.
    ///
    /// A terminal or pipe is shared with other processes, any of which may set O_NONBLOCK on it.
    package borrowing func writeBlocking(_ bytes: Span<UInt8>) throws(SystemError) {
        var written = 0
        while written < bytes.count {
            let count = unsafe bytes.withUnsafeBytes { source in
                unsafe Glibc.write(
                    number,
                    source.baseAddress?.advanced(by: written),
                    source.count - written
                )
            }
            if count >= 0 {
                written += count
                continue
            }
            let code = Errno.current
            if code == .wouldBlock {
                var question = pollfd(fd: number, events: Int16(POLLOUT), revents: 0)
                _ = unsafe poll(&question, 1, -1)
            } else if code != .interrupted {
                throw SystemError("write", on: "descriptor \(number)", code)
            }
        }
    }
}
