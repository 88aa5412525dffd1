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

        /// Whether it is text for the most part, so that secrets may be encoded in it once more.
        var isReadable: Bool {
            let readable = bytes.lazy.filter { (0x20...0x7E).contains($0) || $0 == 0x0A }.count
            return readable * 8 >= bytes.count * 7
        }
    }

    private static let shortestRun = 24
    /// A base64 text goes on in the next line when this one has so many digits.
    private static let shortestWrappedLine = 60
    /// No more than this is taken from a compressed blob.
    private static let decompressedLimit = 16 << 20

    /// Calls `body` with each blob.
    static func forEach(in text: Span<UInt8>, _ body: (Blob) -> Void) {
        var index = 0
        while index < text.count {
            if !isDigit(text[index]) {
                index += 1
                continue
            }
            let run = run(in: text, from: index)
            index = run.upperBound
            if run.count >= shortestRun { decode(text, run, body) }
        }
    }

    private static let digits = ByteSet.alphanumeric.union("+/-_")

    @inline(__always)
    private static func isDigit(_ byte: UInt8) -> Bool {
        digits.contains(byte)
    }

    private static func run(in text: Span<UInt8>, from start: Int) -> Range<Int> {
        var end = start
        var lineStart = start
        while end < text.count {
            if isDigit(text[end]) {
                end += 1
                continue
            }
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

    /// What a compressed blob holds, as far as it can be read.
    private static func inflated(_ bytes: [UInt8]) -> [UInt8] {
        var inflater = Inflater()
        var output: [UInt8] = []
        try? inflater.inflate(bytes.span) { piece in
            if output.count < decompressedLimit { output.append(piece) }
        }
        return output
    }
}
