// SPDX-License-Identifier: Apache-2.0
internal import CGit2
internal import Glibc

/// What an index keeps of a file in the work tree, to see later that nobody changed it.
struct WrittenFile: Sendable {
    /// Times, device, inode, mode, owner and size, each in 32 bits as gitformat-index(5) has them.
    let numbers: [UInt32]

    /// Writes a new file.
    init(_ blob: GitBlob, to path: String, isExecutable: Bool) throws(GitError) {
        let mode: mode_t = isExecutable ? 0o777 : 0o666
        let file = unsafe open(path, O_WRONLY | O_CREAT | O_EXCL | O_NOFOLLOW | O_CLOEXEC, mode)
        if file < 0 { throw Self.failure("open", path) }
        defer { close(file) }
        let bytes = unsafe blob.bytes
        var written = 0
        while written < bytes.count {
            let count = unsafe write(
                file,
                bytes.baseAddress?.advanced(by: written),
                bytes.count - written
            )
            if count < 0, errno != EINTR { throw Self.failure("write", path) }
            written += max(0, count)
        }
        var status = stat()
        if unsafe fstat(file, &status) != 0 { throw Self.failure("fstat", path) }
        numbers = Self.numbers(
            status,
            isExecutable ? GIT_FILEMODE_BLOB_EXECUTABLE : GIT_FILEMODE_BLOB
        )
    }

    /// Makes a new symbolic link.
    init(linkTo blob: GitBlob, at path: String) throws(GitError) {
        let target = unsafe Array(blob.bytes)
        if target.isEmpty || target.contains(0) || target.count >= Int(PATH_MAX) {
            throw GitError("checkout", on: path, .unsupported, "it is a link that leads nowhere")
        }
        let made = unsafe (target + [0]).withUnsafeBufferPointer { text in
            unsafe text.withMemoryRebound(to: CChar.self) { text -> CInt in
                guard let start = text.baseAddress else { return -1 }
                return unsafe symlink(start, path)
            }
        }
        var status = stat()
        if made != 0 { throw Self.failure("symlink", path) }
        if unsafe lstat(path, &status) != 0 { throw Self.failure("lstat", path) }
        numbers = Self.numbers(status, GIT_FILEMODE_LINK)
    }

    private static func numbers(_ status: stat, _ mode: git_filemode_t) -> [UInt32] {
        [
            status.st_ctim.tv_sec, status.st_ctim.tv_nsec, status.st_mtim.tv_sec,
            status.st_mtim.tv_nsec, Int(truncatingIfNeeded: status.st_dev),
            Int(truncatingIfNeeded: status.st_ino), Int(mode.rawValue), Int(status.st_uid),
            Int(status.st_gid), Int(status.st_size),
        ].map { UInt32(truncatingIfNeeded: $0) }
    }

    private static func failure(_ operation: String, _ path: String) -> GitError {
        let reason = unsafe String(cString: strerror(errno))
        return GitError(operation, on: path, .destination, reason)
    }
}
