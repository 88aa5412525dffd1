// SPDX-License-Identifier: Apache-2.0

internal import Platform

/// The view of a text's lines with escapes, decoded, whichever characters a program chose to escape.
///
/// `%41`, `\x41`, `\u0041`, `\101`, `&#65;`, `&#x41;`, `=41`, the letters of C, a backslash before
/// punctuation, and the soft line ends of quoted-printable and of shells. Lines without any are left out.
enum UnescapedText {
    private static let marks: ByteSet = "%\\&="

    /// The view; `nil` where there is nothing to decode.
    static func view(of text: Span<UInt8>) -> AuditView? {
        var view = AuditView("unescaped")
        var index = 0
        while let mark = firstEscapeMark(in: text, from: index) {
            guard escape(in: text, at: mark) != nil else {
                index = mark + 1
                continue
            }
            let before = ByteSearch.last(0x0A, in: text.extracting(index..<mark))
            let start = before.map { index + $0 + 1 } ?? index
            index = decode(text, start..<text.count, into: &view)
        }
        return view.bytes.isEmpty ? nil : view
    }

    /// Decodes up to the first line end that is not escaped; returns the place behind it.
    private static func decode(
        _ text: Span<UInt8>,
        _ range: Range<Int>,
        into view: inout AuditView
    ) -> Int {
        var index = range.lowerBound
        while index < range.upperBound {
            if marks.contains(text[index]), let escape = escape(in: text, at: index) {
                append(escape.scalar, isByte: escape.isByte, from: index, to: &view)
                index += escape.count
            } else {
                view.append(text[index], from: index)
                index += 1
                if text[index - 1] == 0x0A { break }
            }
        }
        return index
    }

    /// What an escape stands for: a scalar or a byte, or nothing, and how long it is.
    private struct Escape {
        var scalar: UInt32?
        var isByte = false
        let count: Int
    }

    private static func append(
        _ scalar: UInt32?,
        isByte: Bool,
        from index: Int,
        to view: inout AuditView
    ) {
        guard let scalar else { return }
        if isByte { return view.append(UInt8(truncatingIfNeeded: scalar), from: index) }
        guard let scalar = Unicode.Scalar(scalar), let encoded = UTF8.encode(scalar) else { return }
        for byte in encoded { view.append(byte, from: index) }
    }

    private static func escape(in text: Span<UInt8>, at index: Int) -> Escape? {
        switch text[index] {
        case UInt8(ascii: "%"):
            number(text, index + 1, 2, 16).map { Escape(scalar: $0, isByte: true, count: 3) }
        case UInt8(ascii: "="): quotedPrintable(text, index)
        case UInt8(ascii: "&"): reference(text, index)
        default: backslash(text, index)
        }
    }

    private static func quotedPrintable(_ text: Span<UInt8>, _ index: Int) -> Escape? {
        if index + 1 < text.count, text[index + 1] == 0x0A { return Escape(count: 2) }
        if index + 2 < text.count, text[index + 1] == 0x0D, text[index + 2] == 0x0A {
            return Escape(count: 3)
        }
        return number(text, index + 1, 2, 16).map { Escape(scalar: $0, isByte: true, count: 3) }
    }

    private static let named: [(name: String, scalar: UInt32)] = [
        ("&amp;", 0x26), ("&lt;", 0x3C), ("&gt;", 0x3E), ("&quot;", 0x22), ("&apos;", 0x27),
    ]

    private static func reference(_ text: Span<UInt8>, _ index: Int) -> Escape? {
        let rest = text.extracting(index...)
        for (name, scalar) in named where NeedlePolicy.begins(rest, with: name) {
            return Escape(scalar: scalar, count: name.utf8.count)
        }
        if rest.count < 4 || rest[1] != UInt8(ascii: "#") { return nil }
        let isHex = rest[2] | 0x20 == UInt8(ascii: "x")
        let start = isHex ? 3 : 2
        var end = start
        while end < rest.count, end - start < 8, rest[end] != UInt8(ascii: ";") { end += 1 }
        guard end < rest.count, rest[end] == UInt8(ascii: ";"), end > start else { return nil }
        return number(rest, start, end - start, isHex ? 16 : 10).map {
            Escape(scalar: $0, count: end + 1)
        }
    }

    private static let letters: [UInt8: UInt32] = [
        UInt8(ascii: "n"): 10, UInt8(ascii: "r"): 13, UInt8(ascii: "t"): 9, UInt8(ascii: "b"): 8,
        UInt8(ascii: "f"): 12, UInt8(ascii: "v"): 11, UInt8(ascii: "a"): 7, UInt8(ascii: "e"): 27,
    ]

    private static func backslash(_ text: Span<UInt8>, _ index: Int) -> Escape? {
        guard index + 1 < text.count else { return nil }
        let letter = text[index + 1]
        switch letter {
        case UInt8(ascii: "x"):
            return number(text, index + 2, 2, 16).map { Escape(scalar: $0, isByte: true, count: 4) }
        case UInt8(ascii: "u"): return unicode(text, index)
        case UInt8(ascii: "U"):
            return number(text, index + 2, 8, 16).map { Escape(scalar: $0, count: 10) }
        case UInt8(ascii: "0")...UInt8(ascii: "3"):
            return number(text, index + 1, 3, 8).map { Escape(scalar: $0, isByte: true, count: 4) }
        case 0x0A: return Escape(count: 2)
        default: break
        }
        if let control = letters[letter] { return Escape(scalar: control, count: 2) }
        let isPunctuation = (0x21...0x7E).contains(letter) && !ByteSet.alphanumeric.contains(letter)
        return isPunctuation || letter == 0x20 ? Escape(scalar: UInt32(letter), count: 2) : nil
    }

    private static func unicode(_ text: Span<UInt8>, _ index: Int) -> Escape? {
        guard let unit = number(text, index + 2, 4, 16) else { return nil }
        guard (0xD800...0xDBFF).contains(unit) else { return Escape(scalar: unit, count: 6) }
        let hasLow =
            index + 8 <= text.count - 4 && text[index + 6] == UInt8(ascii: "\\")
            && text[index + 7] == UInt8(ascii: "u")
        guard hasLow, let low = number(text, index + 8, 4, 16), (0xDC00...0xDFFF).contains(low)
        else {
            return nil
        }
        return Escape(scalar: 0x10000 + (unit - 0xD800) << 10 + (low - 0xDC00), count: 12)
    }

    /// `count` digits from `start` on as a number.
    private static func number(
        _ text: Span<UInt8>,
        _ start: Int,
        _ count: Int,
        _ radix: UInt32
    ) -> UInt32? {
        if start + count > text.count { return nil }
        var value: UInt32 = 0
        for index in start..<start + count {
            guard let digit = URLCredentials.hexValue(text[index]), digit < radix else {
                return nil
            }
            value = value &* radix &+ UInt32(digit)
        }
        return value
    }
}
