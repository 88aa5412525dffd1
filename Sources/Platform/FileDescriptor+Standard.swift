// SPDX-License-Identifier: Apache-2.0
internal import Glibc

extension FileDescriptor {
    /// A descriptor of our own for standard input, which itself stays open; fcntl(2), F_DUPFD_CLOEXEC.
    package static func standardInput() throws(SystemError) -> FileDescriptor {
        let copy = fcntl(0, F_DUPFD_CLOEXEC, 3)
        if copy < 0 { throw SystemError("fcntl", on: "standard input", .current) }
        return FileDescriptor(owning: copy)
    }
}
