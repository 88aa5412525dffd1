// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// An advisory lock on a file, held until release; flock(2).
package struct FileLock: ~Copyable, Sendable {
    private let file: FileDescriptor

    /// Opens the file, made 0600 when missing, and takes the lock.
    ///
    /// When another process holds it the call fails with EWOULDBLOCK at once. Several holders may have a
    /// shared lock at a time, and none beside an exclusive one.
    package init(creating path: String, isShared: Bool = false) throws(SystemError) {
        let opened = try FileDescriptor.open(path, [.readWrite, .create])
        while flock(opened.number, (isShared ? LOCK_SH : LOCK_EX) | LOCK_NB) != 0 {
            let code = Errno.current
            if code != .interrupted { throw SystemError("flock", on: path, code) }
        }
        file = opened
    }

    /// Lets go of it at a point that can be seen.
    package consuming func release() {}

    /// Unlocks first: a child that is between fork(2) and execve(2) holds the open file too, and closing
    /// alone would leave the lock with it.
    deinit { flock(file.number, LOCK_UN) }
}
