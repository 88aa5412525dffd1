// SPDX-License-Identifier: Apache-2.0
internal import CZstd

/// Decompresses Zstandard streams (RFC 8878, several frames too), piece by piece.
///
/// Memory is bounded by the window that a frame asks for, at most 128 MiB; frames that ask for more are
/// refused. Not to be used from two threads at once.
@safe package struct ZstdDecompressor: ~Copyable {
    private let stream: OpaquePointer
    private var buffer = [UInt8](repeating: 0, count: 131_072)
    /// Whether a whole frame has been read and nothing of another one.
    package private(set) var isAtEnd = false

    package init() {
        guard let made = unsafe ZSTD_createDStream() else {
            preconditionFailure("libzstd has memory for a stream")
        }
        unsafe stream = made
    }

    deinit { unsafe ZSTD_freeDStream(stream) }

    /// Whether bytes begin like a frame: a Zstandard one, or one that is to be skipped.
    package static func recognises(_ bytes: Span<UInt8>) -> Bool {
        if bytes.count < 4 || bytes[2] != 0x2F && bytes[2] != 0x2A { return false }
        let isFrame = bytes[0] == 0x28 && bytes[1] == 0xB5 && bytes[2] == 0x2F && bytes[3] == 0xFD
        let isSkippable =
            bytes[0] & 0xF0 == 0x50 && bytes[1] == 0x2A && bytes[2] == 0x4D && bytes[3] == 0x18
        return isFrame || isSkippable
    }

    /// Decompresses the next bytes; `sink` gets what comes out, in pieces of at most 128 KiB.
    ///
    /// - Throws: `CompressionError` for damaged data; what came before it has reached `sink`.
    package mutating func decompress(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) -> Void
    ) throws(CompressionError) {
        var offset = 0
        var isFull = false
        while offset < bytes.count || isFull {
            let (taken, made) = try step(bytes.extracting(offset...), sink)
            offset += taken
            // A full buffer may have left more behind.
            isFull = made == buffer.count
            if taken + made == 0 { return }
        }
    }

    /// Makes one call of the library; returns how many bytes it took and made.
    private mutating func step(
        _ bytes: Span<UInt8>,
        _ sink: (Span<UInt8>) -> Void
    ) throws(CompressionError) -> (taken: Int, made: Int) {
        let (code, taken, made) = unsafe bytes.withUnsafeBytes { input in
            unsafe buffer.withUnsafeMutableBytes { output in
                var source = unsafe ZSTD_inBuffer(
                    src: input.baseAddress,
                    size: input.count,
                    pos: 0
                )
                var target = unsafe ZSTD_outBuffer(
                    dst: output.baseAddress,
                    size: output.count,
                    pos: 0
                )
                let code = unsafe ZSTD_decompressStream(stream, &target, &source)
                return unsafe (code, source.pos, target.pos)
            }
        }
        if made > 0 { sink(buffer.span.extracting(..<made)) }
        if ZSTD_isError(code) != 0 {
            throw CompressionError(
                operation: "ZSTD_decompressStream",
                code: Int32(truncatingIfNeeded: code),
                message: unsafe String(cString: ZSTD_getErrorName(code))
            )
        }
        isAtEnd = code == 0
        return (taken, made)
    }
}
