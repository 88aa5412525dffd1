// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// Owns one open file descriptor and closes it on release.
///
/// Every descriptor that Tacit opens is close-on-exec. Calls are retried on EINTR.
package struct FileDescriptor: ~Copyable, Sendable {
    /// The number; valid as long as the owner lives.
    package let number: CInt

    /// Takes over an open descriptor.
    package init(owning number: CInt) {
        precondition(number >= 0, "a file descriptor is not negative")
        self.number = number
    }

    deinit { close(number) }

    /// Gives the descriptor up without closing it.
    package consuming func release() -> CInt {
        let number = number
        discard self
        return number
    }

    /// A second descriptor for the same open file; dup(2) with close-on-exec.
    package borrowing func duplicate() throws(SystemError) -> FileDescriptor {
        let copy = fcntl(number, F_DUPFD_CLOEXEC, 0)
        if copy < 0 { throw SystemError("fcntl", on: "descriptor \(number)", .current) }
        return FileDescriptor(owning: copy)
    }
}

extension FileDescriptor {
    /// How a file is opened: the flags of open(2), without O_CLOEXEC, which is always there.
    package struct Mode: OptionSet, Sendable {
        package let rawValue: CInt

        package init(rawValue: CInt) {
            self.rawValue = rawValue
        }

        package static let readOnly: Mode = []
        package static let writeOnly = Mode(rawValue: O_WRONLY)
        package static let readWrite = Mode(rawValue: O_RDWR)
        package static let create = Mode(rawValue: O_CREAT)
        package static let exclusive = Mode(rawValue: O_EXCL)
        package static let truncate = Mode(rawValue: O_TRUNC)
        package static let append = Mode(rawValue: O_APPEND)
        package static let directory = Mode(rawValue: O_DIRECTORY)
        package static let noFollow = Mode(rawValue: O_NOFOLLOW)
        package static let nonBlocking = Mode(rawValue: O_NONBLOCK)
        package static let path = Mode(rawValue: 0o10000000)
    }

    /// Opens a file.
    ///
    /// `path` is absolute, or relative to the current directory; `permissions` are a new file's, before
    /// the umask.
    package static func open(
        _ path: String,
        _ mode: Mode = .readOnly,
        permissions: UInt32 = 0o600
    ) throws(SystemError) -> FileDescriptor {
        try open(path, relativeTo: AT_FDCWD, mode, permissions)
    }

    /// Opens a file beneath this directory; openat(2).
    package borrowing func open(
        _ path: String,
        _ mode: Mode = .readOnly,
        permissions: UInt32 = 0o600
    ) throws(SystemError) -> FileDescriptor {
        try Self.open(path, relativeTo: number, mode, permissions)
    }

    private static func open(
        _ path: String,
        relativeTo directory: CInt,
        _ mode: Mode,
        _ permissions: UInt32
    ) throws(SystemError) -> FileDescriptor {
        while true {
            let opened = unsafe clinux_openat(directory, path, mode.rawValue, permissions)
            if opened >= 0 { return FileDescriptor(owning: opened) }
            let code = Errno.current
            if code != .interrupted { throw SystemError("openat", on: path, code) }
        }
    }
}

extension FileDescriptor {
    /// Reads up to as many bytes as `buffer` has; 0 at the end.
    ///
    /// Blocks: call it on a thread of your own.
    package borrowing func read(into buffer: inout [UInt8]) throws(SystemError) -> Int {
        while true {
            let count = unsafe buffer.withUnsafeMutableBytes { bytes in
                unsafe Glibc.read(number, bytes.baseAddress, bytes.count)
            }
            if count >= 0 { return count }
            let code = Errno.current
            if code != .interrupted { throw SystemError("read", on: "descriptor \(number)", code) }
        }
    }

    /// Reads to the end; more than `limit` bytes fail with EFBIG.
    package borrowing func readToEnd(limit: Int = .max) throws(SystemError) -> [UInt8] {
        var all: [UInt8] = []
        var buffer = [UInt8](repeating: 0, count: 65536)
        while true {
            let count = try read(into: &buffer)
            if count == 0 { return all }
            if all.count + count > limit {
                throw SystemError("read", on: "descriptor \(number)", Errno(rawValue: EFBIG))
            }
            all += buffer[..<count]
        }
    }

    /// Writes all of `bytes`, however many calls it takes.
    package borrowing func write(_ bytes: Span<UInt8>) throws(SystemError) {
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
            if code != .interrupted { throw SystemError("write", on: "descriptor \(number)", code) }
        }
    }

    /// Writes all of `bytes`, however many calls it takes.
    package borrowing func write(_ bytes: [UInt8]) throws(SystemError) {
        try write(bytes.span)
    }

    /// Writes the UTF-8 of `text`.
    package borrowing func write(_ text: String) throws(SystemError) {
        try write(Array(text.utf8))
    }

    /// Makes the file's bytes durable; fsync(2).
    package borrowing func synchronize() throws(SystemError) {
        if fsync(number) != 0 { throw SystemError("fsync", on: "descriptor \(number)", .current) }
    }
}
