// SPDX-License-Identifier: Apache-2.0

/// The view of a text in which UTF-16 and UTF-32 are what they say, as far as that is ASCII.
enum WideText {
    /// The text without its zero bytes; none where there are none.
    static func views(of text: Span<UInt8>) -> [AuditView] {
        guard firstByte(0, in: text, text.indices) != nil else { return [] }
        var view = AuditView("utf16")
        for index in text.indices where text[index] != 0 { view.append(text[index], from: index) }
        return view.bytes.isEmpty ? [] : [view]
    }
}
