// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer that stat(2) waits for.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEAttributesReply: ~Copyable, @unchecked Sendable {
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

    /// Tells the attributes, which the kernel may keep for `timeout` seconds.
    package consuming func tell(_ attributes: FUSEAttributes, timeout: Double) {
        var status = attributes.status
        unsafe _ = fuse_reply_attr(request, &status, timeout)
        discard self
    }
}
