// SPDX-License-Identifier: Apache-2.0

extension ScalarResolver {
    /// Whether the text is `[-+]?(\.[0-9]+|[0-9]+(\.[0-9]*)?)([eE][-+]?[0-9]+)?`.
    static func hasFloatForm(_ text: [UInt8]) -> Bool {
        var rest = text[...]
        skipSign(&rest)
        let whole = skipDigits(&rest)
        var fraction = 0
        if rest.first == UInt8(ascii: ".") {
            rest.removeFirst()
            fraction = skipDigits(&rest)
        }
        if whole + fraction == 0 { return false }
        if rest.first == UInt8(ascii: "e") || rest.first == UInt8(ascii: "E") {
            rest.removeFirst()
            skipSign(&rest)
            if skipDigits(&rest) == 0 { return false }
        }
        return rest.isEmpty
    }

    /// A number that starts with a point.
    ///
    /// Go's `strconv.ParseFloat` takes single underscores between its digits there.
    static func leadingPointFloat(_ text: String) -> Resolved? {
        var digits: [UInt8] = []
        var previous: UInt8 = 0
        for byte in text.utf8 {
            if byte == UInt8(ascii: "_") {
                if !isDigit(previous) { return nil }
            } else {
                if previous == UInt8(ascii: "_") && !isDigit(byte) { return nil }
                digits.append(byte)
            }
            previous = byte
        }
        if previous == UInt8(ascii: "_") || !hasFloatForm(digits) { return nil }
        return finite(digits).map { .float($0) }
    }

    /// The number, unless it is too large for a double (Go then keeps the text as a string).
    static func finite(_ text: [UInt8]) -> Double? {
        guard let number = Double(String(decoding: text, as: UTF8.self)), number.isFinite else {
            return nil
        }
        return number
    }

    private static func isDigit(_ byte: UInt8) -> Bool {
        (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
    }

    private static func skipSign(_ rest: inout ArraySlice<UInt8>) {
        if rest.first == UInt8(ascii: "-") || rest.first == UInt8(ascii: "+") { rest.removeFirst() }
    }

    @discardableResult
    private static func skipDigits(_ rest: inout ArraySlice<UInt8>) -> Int {
        let count = rest.prefix(while: isDigit).count
        rest.removeFirst(count)
        return count
    }
}
