// SPDX-License-Identifier: Apache-2.0
internal import CZlib

/// Decompresses gzip (RFC 1952, several members too) and zlib (RFC 1950) streams, piece by piece.
///
/// Memory does not depend on how much comes out. Not to be used from two threads at once.
@safe package struct Inflater: ~Copyable {
    private let stream: UnsafeMutablePointer<z_stream>
    private var buffer = [UInt8](repeating: 0, count: 65536)
    /// Whether a whole stream has been read and nothing of another one.
    package private(set) var isAtEnd = false

    /// Window size for either format, told apart by the first bytes; zlib.h, inflateInit2.
    private static let anyFormat: Int32 = 15 + 32

    package init() {
        unsafe stream = .allocate(capacity: 1)
        unsafe stream.initialize(to: z_stream())
        let code = unsafe czlib_inflate_init(stream, Self.anyFormat)
        precondition(code == Z_OK, "zlib is of the version that its header says, and has memory")
    }

    deinit {
        unsafe inflateEnd(stream)
        unsafe stream.deallocate()
    }

    /// Whether bytes begin like a gzip or a zlib stream.
    package static func recognises(_ bytes: Span<UInt8>) -> Bool {
        if bytes.count < 3 { return false }
        if bytes[0] == 0x1F, bytes[1] == 0x8B, bytes[2] == 8 { return true }
        let header = Int(bytes[0]) << 8 | Int(bytes[1])
        return bytes[0] == 0x78 && header % 31 == 0
    }

    /// Decompresses the next bytes; `sink` gets what comes out, in pieces of at most 64 KiB.
    ///
    /// What follows the last stream without being one (padding of a tape, say) is left out.
    ///
    /// - Throws: `CompressionError` for damaged data; what came before it has reached `sink`.
    package mutating func inflate(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) -> Void
    ) throws(CompressionError) {
        var offset = 0
        var isFull = false
        while offset < bytes.count || isFull {
            if isAtEnd {
                if offset == bytes.count || bytes[offset] != 0x1F { return }
                unsafe inflateReset(stream)
                isAtEnd = false
            }
            let (taken, made) = try step(bytes.extracting(offset...), sink)
            offset += taken
            // A full buffer may have left more behind.
            isFull = made == buffer.count
        }
    }

    /// Makes one call of the library; returns how many bytes it took and made.
    private mutating func step(
        _ bytes: Span<UInt8>,
        _ sink: (Span<UInt8>) -> Void
    ) throws(CompressionError) -> (taken: Int, made: Int) {
        let limit = min(bytes.count, 1 << 30)
        let (code, taken, made) = unsafe bytes.withUnsafeBufferPointer { input in
            unsafe buffer.withUnsafeMutableBufferPointer { output in
                unsafe stream.pointee.next_in = UnsafeMutablePointer(mutating: input.baseAddress)
                unsafe stream.pointee.avail_in = UInt32(limit)
                unsafe stream.pointee.next_out = output.baseAddress
                unsafe stream.pointee.avail_out = UInt32(output.count)
                let code = unsafe CZlib.inflate(stream, Z_NO_FLUSH)
                let taken = unsafe limit - Int(stream.pointee.avail_in)
                let made = unsafe output.count - Int(stream.pointee.avail_out)
                return (code, taken, made)
            }
        }
        if made > 0 { sink(buffer.span.extracting(..<made)) }
        isAtEnd = code == Z_STREAM_END
        // Z_BUF_ERROR only says that there was nothing to do.
        let isFine = code == Z_OK || code == Z_STREAM_END || code == Z_BUF_ERROR
        if isFine, taken + made > 0 || bytes.isEmpty { return (taken, made) }
        let message = unsafe stream.pointee.msg.map { unsafe String(cString: $0) }
        throw CompressionError(
            operation: "inflate",
            code: code,
            message: message ?? "no progress in the data"
        )
    }
}
