// SPDX-License-Identifier: Apache-2.0

/// Decides what of a value is secret, and writes the needles for it.
///
/// The matching half knows nothing of this: it is given bytes, a name and an encoding.
struct NeedlePolicy {
    /// Values of fewer bytes are served, but not masked: they occur in every log.
    static let shortestMasked = 4
    /// Values of fewer bytes are masked with a warning.
    static let shortestUnwarned = 6
    /// Lines of fewer bytes (without the white space around them) are no secret of their own.
    static let shortestLine = 12

    /// The secret's place in the redactor's list of names.
    let secret: Int
    /// The forms to write, besides the value as it is.
    let encodings: Set<NeedleEncoding>

    /// Writes the needles of one value.
    ///
    /// - Returns: how many bytes the value has without the white space around it.
    func addNeedles(of value: Span<UInt8>, to store: inout NeedleStore) -> Int {
        let range = Self.trimmed(value, value.indices)
        if range.count < Self.shortestMasked { return range.count }
        add(value.extracting(range), .raw, to: &store)
        if !encodings.contains(.line) { return range.count }
        Self.forEachLine(of: value, in: range) { line in
            if line.count < Self.shortestLine || Self.isArmour(value, line) { return }
            add(value.extracting(line), .line, to: &store)
        }
        return range.count
    }

    private func add(
        _ bytes: Span<UInt8>,
        _ encoding: NeedleEncoding,
        to store: inout NeedleStore
    ) {
        store.append(bytes)
        store.commit(secret: secret, encoding: encoding)
    }
}

extension NeedlePolicy {
    /// The part of `range` without ASCII white space at either end.
    static func trimmed(_ bytes: Span<UInt8>, _ range: Range<Int>) -> Range<Int> {
        var start = range.lowerBound
        var end = range.upperBound
        while start < end, isSpace(bytes[start]) { start += 1 }
        while end > start, isSpace(bytes[end - 1]) { end -= 1 }
        return start..<end
    }

    /// Calls `body` with each line of `range`, trimmed, when there are several.
    private static func forEachLine(
        of bytes: Span<UInt8>,
        in range: Range<Int>,
        _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        for index in range where bytes[index] == UInt8(ascii: "\n") {
            body(trimmed(bytes, start..<index))
            start = index + 1
        }
        if start > range.lowerBound { body(trimmed(bytes, start..<range.upperBound)) }
    }

    /// Whether a line is a `-----BEGIN ...-----` or `-----END ...-----`, which every such file has.
    private static func isArmour(_ bytes: Span<UInt8>, _ line: Range<Int>) -> Bool {
        let line = bytes.extracting(line)
        return ["-----BEGIN ", "-----END "].contains { begins(line, with: $0) }
    }

    private static func begins(_ bytes: Span<UInt8>, with text: String) -> Bool {
        let text = Array(text.utf8)
        return commonPrefixCount(bytes, text.span) == text.count
    }

    private static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }
}
