// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// Decides what of a value is secret, and in which forms.
///
/// Secret are the value, each line of 12 bytes or more, the strings of a JSON value, passwords in URLs,
/// and the inside of a quoted value. The matching half knows nothing of this: it is given bytes, a name
/// and an encoding.
struct NeedlePolicy {
    /// Values of fewer bytes are served, but not masked: they occur in every log.
    static let shortestMasked = 4
    /// Values of fewer bytes are masked with a warning.
    static let shortestUnwarned = 6
    /// Lines of fewer bytes (without the white space around them) are no secret of their own.
    static let shortestLine = 12
    /// How deep JSON texts are sought in the strings of JSON texts.
    private static let deepestJSON = 3

    /// The secret's place in the redactor's list of names.
    let secret: Int
    /// The forms to write, besides the value as it is.
    let encodings: Set<NeedleEncoding>

    /// Writes the needles of one value; `workbench` is used again from value to value.
    ///
    /// - Returns: how many bytes the value has without the white space around it.
    func addNeedles(
        of value: Span<UInt8>,
        to store: inout NeedleStore,
        on workbench: inout NeedleWorkbench
    ) -> Int {
        let range = Self.trimmed(value, value.indices)
        if range.count < Self.shortestMasked { return range.count }
        workbench.begin(secret: secret, encodings: encodings, for: store)
        add(value.extracting(range), .raw, depth: 0, &workbench, &store)
        return range.count
    }

    private func add(
        _ value: Span<UInt8>,
        _ encoding: NeedleEncoding,
        depth: Int,
        _ workbench: inout NeedleWorkbench,
        _ store: inout NeedleStore
    ) {
        workbench.addValue(value, encoding, to: &store)
        if encodings.contains(.line) { addLines(of: value, &workbench, &store) }
        if !encodings.contains(.part) { return }
        func addPart(_ part: Span<UInt8>, _ minimumCount: Int) {
            let range = Self.trimmed(part, part.indices)
            if range.count < minimumCount { return }
            if depth < Self.deepestJSON {
                add(part.extracting(range), .part, depth: depth + 1, &workbench, &store)
            }
        }
        if let inner = Self.unquoted(value) {
            addPart(value.extracting(inner), Self.shortestUnwarned)
        }
        URLCredentials.forEachPassword(in: value) { addPart($0, Self.shortestUnwarned) }
        JSONStrings.forEachSecret(in: value) { addPart($0, $1) }
    }

    private func addLines(
        of value: Span<UInt8>,
        _ workbench: inout NeedleWorkbench,
        _ store: inout NeedleStore
    ) {
        var count = 0
        Self.forEachLine(of: value, in: value.indices) { _ in count += 1 }
        if count == 1 { return }
        let detail = FormDetail(lineCount: count)
        Self.forEachLine(of: value, in: value.indices) { line in
            let line = Self.trimmed(value, line)
            if line.count < Self.shortestLine || Self.isArmour(value.extracting(line)) { return }
            workbench.addLine(value.extracting(line), detail, to: &store)
        }
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

    /// Calls `body` with each line of `range`, without its line end.
    static func forEachLine(
        of bytes: Span<UInt8>,
        in range: Range<Int>,
        _ body: (Range<Int>) -> Void
    ) {
        var start = range.lowerBound
        func end(_ index: Int) -> Int {
            index > start && bytes[index - 1] == UInt8(ascii: "\r") ? index - 1 : index
        }
        for index in range where bytes[index] == UInt8(ascii: "\n") {
            body(start..<end(index))
            start = index + 1
        }
        body(start..<range.upperBound)
    }

    static func isSpace(_ byte: UInt8) -> Bool {
        byte == 0x20 || (0x09...0x0D).contains(byte)
    }

    static func begins(_ bytes: Span<UInt8>, with text: String) -> Bool {
        let text = Array(text.utf8)
        return commonPrefixCount(bytes, text.span) == text.count
    }

    /// Whether a line is a `-----BEGIN ...-----` or `-----END ...-----`, which every such file has.
    static func isArmour(_ line: Span<UInt8>) -> Bool {
        begins(line, with: "-----BEGIN ") || begins(line, with: "-----END ")
    }

    /// The inside of a value that stands in quotes.
    private static func unquoted(_ value: Span<UInt8>) -> Range<Int>? {
        guard value.count > 2, value[0] == value[value.count - 1] else { return nil }
        return value[0] == UInt8(ascii: "\"") || value[0] == UInt8(ascii: "'")
            ? 1..<value.count - 1 : nil
    }
}
