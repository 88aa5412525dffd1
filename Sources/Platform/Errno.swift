// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// An error number of the kernel, as errno(3) lists them.
package struct Errno: RawRepresentable, Error, Hashable, Sendable, CustomStringConvertible {
    package let rawValue: CInt

    package init(rawValue: CInt) {
        self.rawValue = rawValue
    }

    /// What the calling thread's last failed call left; read it on the line after the call.
    package static var current: Errno { Errno(rawValue: errno) }

    package static let notFound = Errno(rawValue: ENOENT)
    package static let exists = Errno(rawValue: EEXIST)
    package static let interrupted = Errno(rawValue: EINTR)
    package static let wouldBlock = Errno(rawValue: EAGAIN)
    package static let notDirectory = Errno(rawValue: ENOTDIR)
    package static let isDirectory = Errno(rawValue: EISDIR)
    package static let notPermitted = Errno(rawValue: EPERM)
    package static let accessDenied = Errno(rawValue: EACCES)
    package static let noSpace = Errno(rawValue: ENOSPC)
    package static let tooManyOpenFiles = Errno(rawValue: EMFILE)
    package static let brokenPipe = Errno(rawValue: EPIPE)
    package static let readOnlyFilesystem = Errno(rawValue: EROFS)
    package static let tooManyLinks = Errno(rawValue: ELOOP)
    package static let invalidArgument = Errno(rawValue: EINVAL)
    package static let fileTooLarge = Errno(rawValue: EFBIG)
    package static let ioError = Errno(rawValue: EIO)

    /// strerror(3)'s words.
    package var description: String { unsafe String(cString: strerror(rawValue)) }
}
