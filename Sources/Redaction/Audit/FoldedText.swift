// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The view of a text in which what wraps, colours, spaces or re-cases a secret does not count.
///
/// Kept are ASCII letters, in lower case, and digits; terminal control sequences (ECMA-48) go as a whole.
enum FoldedText {
    /// A secret of fewer letters and digits would be found by chance.
    static let shortestNeedle = 16

    /// How many bytes of the view lie between two places whose origin is noted.
    private static let noteDistance = 256

    /// What is kept of a text, and where every 256th byte of it comes from.
    static func fold(_ text: Span<UInt8>) -> (bytes: [UInt8], notes: [Int]) {
        var notes: [Int] = []
        let bytes = [UInt8](capacity: text.count) { output in
            var index = 0
            while let kept = next(in: text, from: index) {
                if output.count.isMultiple(of: noteDistance) { notes.append(kept.index) }
                output.append(kept.byte)
                index = kept.index + 1
            }
        }
        return (bytes, notes)
    }

    /// Where in the text the bytes of a part of the folded one come from.
    static func origin(of range: Range<Int>, in text: Span<UInt8>, _ notes: [Int]) -> Range<Int> {
        func origin(_ place: Int) -> Int {
            var index = notes[place / noteDistance]
            for _ in 0..<place % noteDistance {
                index = next(in: text, from: index + 1)?.index ?? index
            }
            return index
        }
        return origin(range.lowerBound)..<origin(range.upperBound - 1) + 1
    }

    /// The next byte that is kept, and its place.
    @inline(__always)
    private static func next(in text: Span<UInt8>, from start: Int) -> (byte: UInt8, index: Int)? {
        var index = start
        while index < text.count {
            if let byte = fold(text[index]) { return (byte, index) }
            index = text[index] == 0x1B ? endOfSequence(in: text, from: index) : index + 1
        }
        return nil
    }

    /// The letter in lower case or the digit; `nil` for everything else.
    static func fold(_ byte: UInt8) -> UInt8? {
        switch byte {
        case 0x30...0x39, 0x61...0x7A: byte
        case 0x41...0x5A: byte | 0x20
        default: nil
        }
    }

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
