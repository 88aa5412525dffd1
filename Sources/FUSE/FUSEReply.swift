// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer to a request that returns nothing.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEReply: ~Copyable, @unchecked Sendable {
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

    /// Answers that it is done.
    package consuming func done() {
        unsafe _ = fuse_reply_err(request, 0)
        discard self
    }
}
