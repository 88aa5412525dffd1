// SPDX-License-Identifier: Apache-2.0
internal import CFUSE

/// Who makes a request, as the kernel tells it.
package struct FUSEContext: Sendable, Hashable {
    /// The id of the calling *thread*, in the server's pid namespace; 0 where it has none there.
    package let thread: Int32
    package let uid: UInt32
    package let gid: UInt32

    package init(thread: Int32, uid: UInt32, gid: UInt32) {
        self.thread = thread
        self.uid = uid
        self.gid = gid
    }

    init(of request: fuse_req_t?) {
        guard let caller = unsafe fuse_req_ctx(request) else {
            preconditionFailure("libfuse gives every request a context")
        }
        unsafe self.init(
            thread: caller.pointee.pid,
            uid: caller.pointee.uid,
            gid: caller.pointee.gid
        )
    }
}
