// SPDX-License-Identifier: Apache-2.0

/// Decompresses a stream in whichever of the formats that a log may come in: gzip or Zstandard.
package enum Decompressor: ~Copyable {
    case gzip(Inflater)
    case zstd(ZstdDecompressor)

    /// The decompressor for a stream that begins so; `nil` when it is not compressed.
    package static func recognising(_ bytes: Span<UInt8>) -> Decompressor? {
        if ZstdDecompressor.recognises(bytes) { return .zstd(ZstdDecompressor()) }
        let isGzip = bytes.count >= 3 && bytes[0] == 0x1F && bytes[1] == 0x8B && bytes[2] == 8
        return isGzip ? .gzip(Inflater()) : nil
    }

    /// Decompresses the next bytes; `sink` gets what comes out, in pieces of at most 128 KiB.
    ///
    /// - Throws: `CompressionError` for damaged data; what came before it has reached `sink`.
    package mutating func decompress(
        _ bytes: Span<UInt8>,
        to sink: (Span<UInt8>) -> Void
    ) throws(CompressionError) {
        switch consume self {
        case .gzip(var inflater):
            do throws(CompressionError) {
                try inflater.inflate(bytes, to: sink)
                self = .gzip(inflater)
            } catch {
                self = .gzip(inflater)
                throw error
            }
        case .zstd(var decompressor):
            do throws(CompressionError) {
                try decompressor.decompress(bytes, to: sink)
                self = .zstd(decompressor)
            } catch {
                self = .zstd(decompressor)
                throw error
            }
        }
    }

    /// Whether the stream is complete as far as it was read.
    package var isAtEnd: Bool {
        switch self {
        case .gzip(let inflater): inflater.isAtEnd
        case .zstd(let decompressor): decompressor.isAtEnd
        }
    }
}
