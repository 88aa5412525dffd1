// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// One object of a pack as far as it is known.
@safe struct PackEntry {
    /// Of its first byte in the pack.
    var offset: Int
    /// Its data, or its delta's instructions, in bytes.
    var byteCount: Int
    /// What was kept of a delta's instructions; `nil` when they are read again.
    var delta: UnsafeMutablePointer<UInt8>?
    /// Of its bytes in the pack.
    var checksum: UInt32 = 0
    /// The object that a delta changes, by its place in the pack; -1 for none.
    var base: Int32 = -1
    /// The deltas on this object: the first, and the next one on the same base; -1 for none.
    var firstChild: Int32 = -1
    var nextSibling: Int32 = -1
    /// Its name, once it is known.
    var id = git_oid()
    /// How many bytes come before the compressed data.
    var headerByteCount: UInt8 = 0
    /// 1 to 4 as git numbers them; a delta has its base's once it is resolved.
    var type: UInt8

    init(offset: Int, byteCount: Int, type: UInt8) {
        self.offset = offset
        self.byteCount = byteCount
        self.type = type
        unsafe delta = nil
    }
}
