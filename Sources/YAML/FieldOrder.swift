// SPDX-License-Identifier: Apache-2.0

/// The order in which go-yaml writes the keys of a mapping.
///
/// Letters follow everything else, and runs of digits compare by value (`a2` before `a10`).
/// Source: go-yaml v2, `sorter.go`.
enum FieldOrder {
    /// Whether the field `left` is written before the field `right`.
    static func precedes(_ left: String, _ right: String) -> Bool {
        let (a, b) = (Array(left.unicodeScalars), Array(right.unicodeScalars))
        guard let index = (0..<min(a.count, b.count)).first(where: { a[$0] != b[$0] }) else {
            return a.count < b.count
        }
        switch (a[index].properties.isAlphabetic, b[index].properties.isAlphabetic) {
        case (true, true): return a[index] < b[index]
        case (true, false): return false
        case (false, true): return true
        case (false, false): return numberPrecedes(a, b, at: index)
        }
    }

    /// Compares where the first difference is between two characters that are no letters.
    private static func numberPrecedes(
        _ a: [Unicode.Scalar],
        _ b: [Unicode.Scalar],
        at index: Int
    ) -> Bool {
        // A zero counts only after another digit: `10` against `1`, not `01` against `1`.
        let hasZero = a[index] == "0" || b[index] == "0"
        let before = a[..<index].reversed().prefix(while: isDigit)
        let base: Int64 = hasZero && before.contains { $0 != "0" } ? 1 : 0
        let (left, leftEnd) = readNumber(a, from: index, base)
        let (right, rightEnd) = readNumber(b, from: index, base)
        if left != right { return left < right }
        if leftEnd != rightEnd { return leftEnd < rightEnd }
        return a[index] < b[index]
    }

    private static func readNumber(
        _ text: [Unicode.Scalar],
        from start: Int,
        _ base: Int64
    ) -> (value: Int64, end: Int) {
        var value = base
        var end = start
        while end < text.count, isDigit(text[end]) {
            value = value &* 10 &+ Int64(text[end].value) &- 48
            end += 1
        }
        return (value, end)
    }

    private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
        scalar.properties.numericType == .decimal
    }
}
