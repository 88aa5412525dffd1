// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// An advisory lock on a directory, which nothing is written for and which ends with its holder; flock(2).
package struct DirectoryLock: ~Copyable, Sendable {
    private let directory: FileDescriptor

    /// Takes the lock.
    ///
    /// When another process holds it the call fails with EWOULDBLOCK at once; see `holder`.
    package init(_ path: String) throws(SystemError) {
        let opened = try FileDescriptor.open(path, .directory)
        while flock(opened.number, LOCK_EX | LOCK_NB) != 0 {
            let code = Errno.current
            if code != .interrupted { throw SystemError("flock", on: path, code) }
        }
        directory = opened
    }

    /// The process that holds a lock on the directory, as /proc/locks has it; `nil` when none is seen.
    package static func holder(of path: String) -> Int32? {
        var status = stat()
        guard unsafe stat(path, &status) == 0,
            let bytes = try? FileDescriptor.open("/proc/locks").readToEnd(limit: 1 << 20)
        else { return nil }
        // 1: FLOCK  ADVISORY  WRITE 4711 fe:00:131074 0 EOF
        let suffix = ":\(status.st_ino)"
        for line in String(decoding: bytes, as: UTF8.self).split(separator: "\n") {
            let fields = line.split(separator: " ")
            if fields.count > 5, fields[1] == "FLOCK", fields[5].hasSuffix(suffix) {
                return Int32(fields[4])
            }
        }
        return nil
    }
}
