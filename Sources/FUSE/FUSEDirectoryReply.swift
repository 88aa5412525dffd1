// SPDX-License-Identifier: Apache-2.0
internal import CFUSE
package import Platform

/// The answer that readdir(3) waits for: filled entry by entry, then sent.
///
/// It is used up by answering; dropped without an answer, it answers EIO, so that no reader hangs.
@safe package struct FUSEDirectoryReply: ~Copyable, @unchecked Sendable {
    /// NAME_MAX of limits.h, and the byte that ends the name.
    private static let nameCapacity = 256

    private let request: fuse_req_t
    private let buffer: UnsafeMutablePointer<CChar>
    private let capacity: Int
    private var count = 0

    init(_ request: fuse_req_t, capacity: Int) {
        unsafe self.request = unsafe request
        unsafe buffer = .allocate(capacity: max(capacity, 1))
        self.capacity = capacity
    }

    deinit {
        unsafe _ = fuse_reply_err(request, Errno.ioError.rawValue)
        unsafe buffer.deallocate()
    }

    /// Adds an entry.
    ///
    /// - Parameters:
    ///   - name: 1 to 255 bytes, without a slash or a zero byte.
    ///   - inode: the entry's own.
    ///   - kind: what `ls` shows without asking.
    ///   - next: where a later call goes on after this entry; not 0.
    /// - Returns: `false` when the entry does not fit any more: send what is there.
    package mutating func add(
        _ name: Span<UInt8>,
        inode: UInt64,
        kind: FUSEAttributes.Kind,
        next: Int
    ) -> Bool {
        precondition(
            (1..<Self.nameCapacity).contains(name.count),
            "a directory entry's name has 1 to 255 bytes"
        )
        var status = stat()
        status.st_ino = UInt(inode)
        status.st_mode = kind.typeBits
        let start = unsafe buffer.advanced(by: count)
        let space = capacity - count
        let needed = unsafe withUnsafeTemporaryAllocation(
            of: CChar.self,
            capacity: Self.nameCapacity
        ) { terminated in
            for index in name.indices {
                unsafe terminated[index] = CChar(bitPattern: name[index])
            }
            unsafe terminated[name.count] = 0
            return unsafe fuse_add_direntry(
                request,
                start,
                space,
                terminated.baseAddress,
                &status,
                next
            )
        }
        if needed > space { return false }
        count += needed
        return true
    }

    /// Sends the entries; none at the end of the directory.
    package consuming func send() {
        unsafe _ = fuse_reply_buf(request, buffer, count)
        unsafe buffer.deallocate()
        discard self
    }

    /// Refuses the request.
    package consuming func refuse(_ code: Errno) {
        unsafe _ = fuse_reply_err(request, code.rawValue)
        unsafe buffer.deallocate()
        discard self
    }
}
