// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer that statfs(2) waits for.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEStatisticsReply: ~Copyable, @unchecked Sendable {
    private let request: fuse_req_t

    init(_ request: fuse_req_t) {
        unsafe self.request = unsafe request
    }

    deinit { unsafe _ = fuse_reply_err(request, Errno.ioError.rawValue) }

    /// Refuses the request.
    package consuming func refuse(_ code: Errno) {
        unsafe _ = fuse_reply_err(request, code.rawValue)
        discard self
    }

    /// Tells a full filesystem of `fileCount` inodes and `byteCount` bytes, names up to 255 bytes.
    package consuming func tell(fileCount: Int, byteCount: Int) {
        var statistics = statvfs()
        statistics.f_bsize = 4096
        statistics.f_frsize = 4096
        statistics.f_blocks = numericCast((byteCount + 4095) / 4096)
        statistics.f_files = numericCast(fileCount)
        statistics.f_namemax = 255
        unsafe _ = fuse_reply_statfs(request, &statistics)
        discard self
    }
}
