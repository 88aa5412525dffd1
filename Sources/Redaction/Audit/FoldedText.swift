// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The view of a text in which what wraps, colours, spaces or re-cases a secret does not count.
///
/// Kept are ASCII letters, in lower case, and digits; terminal control sequences (ECMA-48) go as a whole.
struct FoldedText {
    /// A secret of fewer letters and digits would be found by chance.
    static let shortestNeedle = 16

    /// The text is folded in parts of at most so many bytes.
    private static let partByteCount = 4096

    /// What is kept.
    private(set) var bytes: [UInt8]
    /// Where each part begins: in the text, and in what is kept.
    private var parts: [(text: Int, kept: Int)] = []

    init(_ text: Span<UInt8>) {
        let pairs = text.count < Self.pairsByteCount ? [] : Self.pairs
        var parts: [(text: Int, kept: Int)] = []
        bytes = [UInt8](capacity: text.count) { output in
            var index = 0
            while index < text.count {
                if text[index] == Self.escape {
                    index = Self.endOfSequence(in: text, from: index)
                    continue
                }
                let limit = min(index + Self.partByteCount, text.count)
                let end = firstByte(Self.escape, in: text, index..<limit) ?? limit
                parts.append((index, output.count))
                appendFolded(text.extracting(index..<end), pairs, to: &output)
                index = end
            }
        }
        self.parts = parts
    }

    /// Where in the text the bytes of a part of the folded one come from.
    func origin(of range: Range<Int>, in text: Span<UInt8>) -> Range<Int> {
        origin(range.lowerBound, text)..<origin(range.upperBound - 1, text) + 1
    }

    private func origin(_ place: Int, _ text: Span<UInt8>) -> Int {
        var (low, high) = (0, parts.count)
        // The last part that begins at or before the place.
        while low + 1 < high {
            let middle = (low + high) / 2
            if parts[middle].kept <= place { low = middle } else { high = middle }
        }
        var index = parts[low].text
        var left = place - parts[low].kept
        while true {
            if Self.fold(text[index]) != nil {
                if left == 0 { return index }
                left -= 1
            }
            index += 1
        }
    }

    /// The letter in lower case or the digit; `nil` for everything else.
    static func fold(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte | 0x20
        default: nil
        }
    }

    /// What becomes of each byte; 0 for what is dropped.
    static let table: [UInt8] = (0...255).map { fold($0) ?? 0 }

    /// From so many bytes on a text is folded by pairs, whose table takes its time to be made.
    private static let pairsByteCount = 1 << 19

    /// What becomes of each two bytes, the first of them the lower: the kept ones, and in the upper half how many.
    static let pairs: [UInt32] = (0...65535).map { pair in
        let (first, second) = (UInt32(table[pair & 0xFF]), UInt32(table[pair >> 8]))
        if first == 0 { return second == 0 ? 0 : 1 << 16 | second }
        return second == 0 ? 1 << 16 | first : 2 << 16 | second << 8 | first
    }

    private static let escape: UInt8 = 0x1B

    private static func endOfSequence(in text: Span<UInt8>, from start: Int) -> Int {
        guard start + 1 < text.count else { return text.count }
        var index = start + 2
        switch text[start + 1] {
        case UInt8(ascii: "["):
            while index < text.count, !(0x40...0x7E).contains(text[index]) { index += 1 }
            return index + 1
        case UInt8(ascii: "]"):
            while index < text.count, text[index] != 0x07, text[index] != 0x1B, text[index] != 0x0A
            { index += 1 }
            return index + 1
        default: return index
        }
    }

    /// Writes the folded needles of a value: itself, its lines, and its encodings that only use letters and
    /// digits for most bytes.
    static func addNeedles(of value: Span<UInt8>, secret: Int, to store: inout NeedleStore) {
        add(value, .raw, secret, &store)
        var encoded = LockedBuffer.forSecrets()
        for encoder in encoders {
            encoded.truncate(to: 0)
            encoder.write(value, &encoded)
            encoded.withBytes { add($0, encoder.encoding, secret, &store) }
        }
        NeedlePolicy.forEachLine(of: value, in: value.indices) { line in
            let line = value.extracting(line)
            if line.count == value.count || NeedlePolicy.isArmour(line) { return }
            add(line, .line, secret, &store)
            for encoder in BitEncoder.base64.encoders {
                encoded.truncate(to: 0)
                encoder.write(line, &encoded)
                encoded.withBytes { add($0, encoder.encoding, secret, &store) }
            }
        }
    }

    private static let encoders =
        BitEncoder.base64.encoders + BitEncoder.base32.encoders
        + [.hex(isUpper: false), .hex(isUpper: false, prefix: "\\x", as: .backslash)]
        + [.hex(isUpper: false, prefix: "0x"), .decimal(separator: " "), SecretEncoder.keyBody]

    private static func add(
        _ bytes: Span<UInt8>,
        _ encoding: NeedleEncoding,
        _ secret: Int,
        _ store: inout NeedleStore
    ) {
        var count = 0
        for index in bytes.indices {
            guard let byte = fold(bytes[index]) else { continue }
            store.append(byte)
            count += 1
        }
        if count < shortestNeedle { return store.discard() }
        store.commit(secret: secret, encoding: encoding)
    }
}
