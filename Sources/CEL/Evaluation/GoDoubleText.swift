// SPDX-License-Identifier: Apache-2.0

/// Doubles as Go prints them.
enum GoDoubleText {
    /// By the verb `%g`: the shortest text that reads back as the same number.
    static func of(_ value: Double) -> String {
        guard let (sign, digits, point) = parts(value) else { return special(value) }
        let exponent = point - 1
        // Go's bounds for the shortest form.
        if exponent < -4 || exponent >= 6 { return sign + scientific(digits, exponent) }
        return sign + plain(digits, point)
    }

    /// By the verb `%f` with as many digits as needed.
    static func withoutExponent(_ value: Double) -> String {
        guard let (sign, digits, point) = parts(value) else { return special(value) }
        return sign + plain(digits, point)
    }

    private static func special(_ value: Double) -> String {
        if value.isNaN { return "NaN" }
        if value.isInfinite { return value < 0 ? "-Inf" : "+Inf" }
        return value.sign == .minus ? "-0" : "0"
    }

    /// The digits and where the point stands among them; nil for zero and what is no number.
    private static func parts(_ value: Double) -> (sign: String, digits: String, point: Int)? {
        guard value.isFinite, value != 0 else { return nil }
        var text = value.magnitude.description
        var exponent = 0
        if let mark = text.firstIndex(of: "e") {
            exponent = Int(text[text.index(after: mark)...]) ?? 0
            text = String(text[..<mark])
        }
        let point = text.firstIndex(of: ".").map { text.distance(from: text.startIndex, to: $0) }
        var digits = text.filter { $0 != "." }
        var place = (point ?? text.count) + exponent
        while digits.hasPrefix("0"), digits.count > 1 {
            digits.removeFirst()
            place -= 1
        }
        while digits.hasSuffix("0"), digits.count > 1 { digits.removeLast() }
        return (value < 0 ? "-" : "", digits, place)
    }

    private static func plain(_ digits: String, _ point: Int) -> String {
        if point <= 0 { return "0." + String(repeating: "0", count: -point) + digits }
        if point >= digits.count {
            return digits + String(repeating: "0", count: point - digits.count)
        }
        return digits.prefix(point) + "." + digits.dropFirst(point)
    }

    private static func scientific(_ digits: String, _ exponent: Int) -> String {
        let mantissa = digits.count > 1 ? "\(digits.prefix(1)).\(digits.dropFirst())" : digits
        let power = exponent.magnitude < 10 ? "0\(exponent.magnitude)" : "\(exponent.magnitude)"
        return "\(mantissa)e\(exponent < 0 ? "-" : "+")\(power)"
    }
}
