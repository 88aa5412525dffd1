// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer that a name lookup waits for.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEEntryReply: ~Copyable, @unchecked Sendable {
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

    /// Names the inode; the kernel then holds one reference more, until it forgets.
    ///
    /// - Returns: `false` when the request was interrupted: the kernel took no reference.
    package consuming func found(_ entry: FUSEEntry) -> Bool {
        var parameters = fuse_entry_param()
        parameters.ino = entry.attributes.inode
        parameters.generation = entry.generation
        parameters.attr = entry.attributes.status
        parameters.attr_timeout = entry.attributesTimeout
        parameters.entry_timeout = entry.nameTimeout
        let failure = unsafe fuse_reply_entry(request, &parameters)
        discard self
        return failure == 0
    }
}
