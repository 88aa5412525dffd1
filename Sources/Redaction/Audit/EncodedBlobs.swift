// SPDX-License-Identifier: Apache-2.0
internal import Compression
internal import Platform

/// Stretches of a text that encode other bytes: base64 of whatever, hexadecimal digits.
enum EncodedBlobs {
    struct Blob {
        /// What was decoded, outermost first: `base64`, `gzip`.
        let encodings: [String]
        /// Where it stands.
        let origin: Range<Int>
        let bytes: [UInt8]
    }

    private static let shortestRun = 24
    /// A base64 text goes on in the next line when this one has so many digits.
    private static let shortestWrappedLine = 60
    /// No more than this is taken from a compressed blob.
    private static let decompressedLimit = 16 << 20

    /// Calls `body` with each blob that may hold a secret in a form that does not show in the digits.
    static func forEach(in text: Span<UInt8>, _ body: (Blob) -> Void) {
        var index = 0
        while let start = firstDigitRun(in: text, from: index, count: shortestRun) {
            let run = run(in: text, from: start)
            index = run.upperBound
            if isWorthDecoding(text.extracting(start..<start + shortestRun)) {
                decode(text, run, body)
            }
        }
    }

    /// Whether the first digits decode to text, or to a compressed stream's beginning.
    ///
    /// The rest is digests, paths and names; a secret that stands in bytes shows in their base64 and hex as
    /// the needles of those encodings.
    private static func isWorthDecoding(_ digits: Span<UInt8>) -> Bool {
        // Text is what is readable for three quarters.
        if decodesToText(digits, mostUnreadable: digits.count * 3 / 4 / 4) { return true }
        for index in digits.indices where URLCredentials.hexValue(digits[index]) == nil {
            return false
        }
        let bytes = hexDecoded((0..<digits.count).map { digits[$0] })
        return bytes.count { isReadable($0) } * 4 >= bytes.count * 3
            || isCompressed(bytes[0], bytes[1])
    }

    /// 1 for each byte that is not text.
    static let unreadableTable: [UInt8] = (0...255).map { isReadable($0) ? 0 : 1 }

    private static func isReadable(_ byte: UInt8) -> Bool {
        // 0 for UTF-16.
        (0x20...0x7E).contains(byte) || (0x09...0x0D).contains(byte) || byte == 0
    }

    static func isCompressed(_ first: UInt8, _ second: UInt8) -> Bool {
        first == 0x1F && second == 0x8B || first == 0x78 || first == 0x28 && second == 0xB5
    }

    private static func isDigit(_ byte: UInt8) -> Bool { Base64Text.isDigit(byte) }

    private static func run(in text: Span<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        var lineStart = start
        while end < text.count {
            end = endOfDigits(in: text, from: end)
            var next = end
            while next < text.count, text[next] == 0x0D || text[next] == 0x0A { next += 1 }
            let isWrapped = next > end && end - lineStart >= shortestWrappedLine
            guard isWrapped, next < text.count, isDigit(text[next]) else { break }
            end = next
            lineStart = next
        }
        return start..<end
    }

    private static func decode(_ text: Span<UInt8>, _ run: Range<Int>, _ body: (Blob) -> Void) {
        var digits: [UInt8] = []
        var isHex = true
        for index in run where isDigit(text[index]) {
            digits.append(text[index])
            if URLCredentials.hexValue(text[index]) == nil { isHex = false }
        }
        if isHex, digits.count.isMultiple(of: 2) {
            add("hex", run, hexDecoded(digits), body)
        }
        add("base64", run, base64Decoded(digits), body)
    }

    private static func add(
        _ encoding: String,
        _ run: Range<Int>,
        _ bytes: [UInt8],
        _ body: (Blob) -> Void
    ) {
        if Inflater.recognises(bytes.span) {
            let name = bytes[0] == 0x1F ? "gzip" : "zlib"
            body(Blob(encodings: [encoding, name], origin: run, bytes: inflated(bytes)))
        } else if ZstdDecompressor.recognises(bytes.span) {
            body(Blob(encodings: [encoding, "zstd"], origin: run, bytes: decompressed(bytes)))
        } else {
            body(Blob(encodings: [encoding], origin: run, bytes: bytes))
        }
    }

    private static func hexDecoded(_ digits: [UInt8]) -> [UInt8] {
        stride(from: 0, to: digits.count, by: 2).map { index in
            (URLCredentials.hexValue(digits[index]) ?? 0) << 4
                | (URLCredentials.hexValue(digits[index + 1]) ?? 0)
        }
    }

    private static func base64Decoded(_ digits: [UInt8]) -> [UInt8] {
        var bytes: [UInt8] = []
        bytes.reserveCapacity(digits.count * 3 / 4)
        var bits: UInt32 = 0
        var bitCount = 0
        for digit in digits {
            bits = bits << 6 | UInt32(Base64Text.digit(digit) ?? 0)
            bitCount += 6
            if bitCount < 8 { continue }
            bitCount -= 8
            bytes.append(UInt8(truncatingIfNeeded: bits >> UInt32(bitCount)))
        }
        return bytes
    }

    /// What a compressed blob holds, as far as it can be read; no more than a limit, however much it is.
    private static func inflated(_ bytes: [UInt8]) -> [UInt8] {
        var inflater = Inflater()
        var output: [UInt8] = []
        for piece in pieces(of: bytes) where output.count < decompressedLimit {
            try? inflater.inflate(bytes.span.extracting(piece)) { output.append($0) }
        }
        return output
    }

    private static func decompressed(_ bytes: [UInt8]) -> [UInt8] {
        var decompressor = ZstdDecompressor()
        var output: [UInt8] = []
        for piece in pieces(of: bytes) where output.count < decompressedLimit {
            try? decompressor.decompress(bytes.span.extracting(piece)) { output.append($0) }
        }
        return output
    }

    /// So small that what one of them decompresses to is not much.
    private static func pieces(of bytes: [UInt8]) -> [Range<Int>] {
        stride(from: 0, to: bytes.count, by: 1024).map { $0..<min($0 + 1024, bytes.count) }
    }
}
