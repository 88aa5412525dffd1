// SPDX-License-Identifier: Apache-2.0

/// A `$(name)` in a text.
package struct VariableOccurrence: Sendable {
    /// What stands between the parentheses.
    package var name: String
    /// From the `$` to behind the `)`.
    package var range: Range<Substring.Index>

    /// The first reference whose name is known.
    ///
    /// A name may itself contain `)` when it is quoted (`$(params["a)b"])`), so every closing
    /// parenthesis is tried in turn; the shortest known name wins.
    package static func first(
        in text: Substring,
        where isKnown: (String) -> Bool
    ) -> VariableOccurrence? {
        let bytes = text.utf8
        var position = bytes.startIndex
        while let dollar = bytes[position...].firstIndex(of: UInt8(ascii: "$")) {
            let open = bytes.index(after: dollar)
            position = open
            guard open < bytes.endIndex, bytes[open] == UInt8(ascii: "(") else { continue }
            let start = bytes.index(after: open)
            if let found = closing(from: start, in: text, where: isKnown) {
                return VariableOccurrence(name: found.name, range: dollar..<found.end)
            }
        }
        return nil
    }

    private static func closing(
        from start: Substring.Index,
        in text: Substring,
        where isKnown: (String) -> Bool
    ) -> (name: String, end: Substring.Index)? {
        let bytes = text.utf8
        var search = start
        while let close = bytes[search...].firstIndex(of: UInt8(ascii: ")")) {
            let end = bytes.index(after: close)
            let name = String(text[start..<close])
            if isKnown(name) { return (name, end) }
            // Only a quoted name can go on behind a parenthesis.
            let quoted =
                name.utf8.contains(UInt8(ascii: "\"")) || name.utf8.contains(UInt8(ascii: "'"))
            guard quoted, !name.contains("$(") else { return nil }
            search = end
        }
        return nil
    }
}
