// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer that open(2) or opendir(3) waits for.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEOpenReply: ~Copyable, @unchecked Sendable {
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

    /// Opens, past the page cache.
    ///
    /// - Parameter handle: comes back with every read and with the release.
    /// - Returns: `false` when the request was interrupted: no release will follow.
    package consuming func opened(_ handle: UInt64) -> Bool {
        var information = fuse_file_info()
        information.fh = handle
        information.direct_io = 1
        // Nothing is ever written, so close(2) has nothing to wait for. A child between fork(2) and
        // execve(2), which may hold the last descriptor of a dead connection, must not wait for it.
        information.noflush = 1
        let failure = unsafe fuse_reply_open(request, &information)
        discard self
        return failure == 0
    }
}
