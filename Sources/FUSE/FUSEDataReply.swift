// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer that read(2) waits for.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEDataReply: ~Copyable, @unchecked Sendable {
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

    /// Hands the bytes to the kernel, from where they lie; none at the end of the file.
    package consuming func data(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBytes { source in
            let start = unsafe source.baseAddress?.assumingMemoryBound(to: CChar.self)
            unsafe _ = fuse_reply_buf(request, start, source.count)
        }
        discard self
    }
}
