// SPDX-License-Identifier: Apache-2.0
internal import CLinux
internal import Glibc

/// What stat(2) says of a file.
package struct FileStatus: Sendable {
    package enum Kind: Sendable {
        case regular
        case directory
        case link
        /// A block or character device.
        case device
        case other
    }

    package var kind: Kind
    package var byteCount: Int
    /// The permission bits.
    package var permissions: UInt32
    package var owner: UInt32
    /// When its content or status last changed, in seconds since 1970.
    package var changed: Int

    /// Asks for a path; links are followed unless told otherwise.
    package init(of path: String, followingLinks: Bool = true) throws(SystemError) {
        var answer = stat()
        let failed =
            followingLinks ? unsafe stat(path, &answer) != 0 : unsafe lstat(path, &answer) != 0
        if failed { throw SystemError("stat", on: path, .current) }
        self.init(answer)
    }

    /// Asks for an open file.
    package init(of file: borrowing FileDescriptor) throws(SystemError) {
        var answer = stat()
        if unsafe fstat(file.number, &answer) != 0 {
            throw SystemError("fstat", on: "descriptor \(file.number)", .current)
        }
        self.init(answer)
    }

    private init(_ answer: stat) {
        kind =
            switch answer.st_mode & S_IFMT {
            case S_IFREG: .regular
            case S_IFDIR: .directory
            case S_IFLNK: .link
            case S_IFBLK, S_IFCHR: .device
            default: .other
            }
        byteCount = Int(answer.st_size)
        permissions = answer.st_mode & 0o7777
        owner = answer.st_uid
        changed = answer.st_ctim.tv_sec
    }

    /// Whether a directory stands at `path`.
    package static func isDirectory(_ path: String) -> Bool {
        (try? FileStatus(of: path))?.kind == .directory
    }

    /// Whether a program at `path` runs with more capabilities than who starts it; capabilities(7).
    package static func hasCapabilities(_ path: String) -> Bool {
        unsafe clinux_has_capabilities(path) != 0
    }
}
