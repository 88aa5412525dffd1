// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// Decompresses the objects of a pack, one after the other, into a buffer that it keeps.
///
/// Thread rule: belongs to one thread.
@safe final class PackInflater {
    private let stream: UnsafeMutablePointer<z_stream>
    private var buffer = UnsafeMutableBufferPointer<UInt8>.allocate(capacity: 1 << 16)
    private var expected = 0

    /// Larger objects are left to libgit2.
    static let limit = 48 << 20
    /// zlib is fastest while there is room for its longest match.
    private static let margin = 320

    init() throws(PackTrouble) {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        if unsafe czlib_inflate_init(stream, 15) != Z_OK { throw PackTrouble("no memory for zlib") }
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
        unsafe buffer.deallocate()
    }

    /// Makes ready for an object of so many bytes.
    func begin(_ byteCount: Int) throws(PackTrouble) {
        if byteCount > Self.limit { throw PackTrouble("a large object") }
        if unsafe buffer.count < byteCount + Self.margin {
            unsafe buffer.deallocate()
            unsafe buffer = .allocate(capacity: max(byteCount + Self.margin, 2 * buffer.count))
        }
        expected = byteCount
        unsafe inflateReset(stream)
        unsafe stream.pointee.next_out = buffer.baseAddress
        unsafe stream.pointee.avail_out = UInt32(byteCount + Self.margin)
    }

    /// Takes compressed bytes.
    ///
    /// - Returns: how many belong to the object, and whether it is complete.
    func take(_ bytes: UnsafeBufferPointer<UInt8>) throws(PackTrouble) -> (used: Int, isDone: Bool)
    {
        unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: bytes.baseAddress)
        unsafe stream.pointee.avail_in = UInt32(bytes.count)
        let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
        let used = unsafe bytes.count - Int(stream.pointee.avail_in)
        if code == Z_STREAM_END {
            if unsafe stream.pointee.total_out != UInt(expected) {
                throw PackTrouble("an object of another size than is said")
            }
            return (used, true)
        }
        guard code == Z_OK || code == Z_BUF_ERROR, unsafe stream.pointee.avail_in == 0 else {
            throw PackTrouble("damaged compression")
        }
        return (used, false)
    }

    /// The object; valid until the next one begins.
    var object: UnsafeMutableBufferPointer<UInt8> {
        unsafe UnsafeMutableBufferPointer(rebasing: buffer[..<expected])
    }
}
