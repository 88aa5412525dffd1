// SPDX-License-Identifier: Apache-2.0

/// Prints floating-point numbers as Go's `strconv` and `encoding/json` do.
enum GoNumber {
    /// The shortest decimal that reads back as the number: the fraction `digits` times 10 to the `point`.
    private struct Decimal {
        var isNegative: Bool
        var digits: [Character]
        var point: Int

        /// Takes apart what Swift prints for a finite number, which is the shortest form too.
        init(_ description: String) {
            let parts = description.split(separator: "e", maxSplits: 1)
            let mantissa = parts[0].drop { $0 == "-" }
            isNegative = description.first == "-"
            let whole = mantissa.prefix { $0 != "." }
            digits = Array(whole) + mantissa.dropFirst(whole.count + 1)
            point = whole.count + (parts.count > 1 ? Int(parts[1]) ?? 0 : 0)
            let zeros = digits.prefix { $0 == "0" }.count
            digits.removeFirst(zeros)
            point -= zeros
            while digits.last == "0" { digits.removeLast() }
            if digits.isEmpty { (digits, point) = (["0"], 1) }
        }

        var sign: String { isNegative ? "-" : "" }

        /// `-ddd.ddd`, Go's `%f` with the shortest precision.
        var fixed: String {
            if point <= 0 { return sign + "0." + String(repeating: "0", count: -point) + digits }
            if point >= digits.count {
                return sign + digits + String(repeating: "0", count: point - digits.count)
            }
            return sign + digits[..<point] + "." + digits[point...]
        }

        /// `-d.ddde±dd`, Go's `%e` with the shortest precision.
        func scientific(exponentDigits: Int) -> String {
            let exponent = point - 1
            let fraction = digits.count > 1 ? "." + String(digits[1...]) : ""
            let text = String(exponent.magnitude)
            let padding = String(repeating: "0", count: max(0, exponentDigits - text.count))
            return sign + String(digits[0]) + fraction + "e" + (exponent < 0 ? "-" : "+") + padding
                + text
        }
    }

    /// What `encoding/json` prints; `nil` for infinities and NaN, which JSON does not have.
    static func json(_ number: Double) -> String? {
        if !number.isFinite { return nil }
        let decimal = Decimal(number.description)
        let size = number.magnitude
        if size != 0 && (size < 1e-6 || size >= 1e21) {
            return decimal.scientific(exponentDigits: size < 1 ? 1 : 2)
        }
        return decimal.fixed
    }

    /// What `sigs.k8s.io/yaml` makes of a floating-point key: `strconv.FormatFloat(x, 'g', -1, 32)`.
    static func fieldName(_ number: Double) -> String {
        if number.isNaN { return ".nan" }
        let single = Float(number)
        if single.isInfinite { return single < 0 ? "-.inf" : ".inf" }
        return general(single.description)
    }

    /// What go-yaml prints for a finite number: `strconv.FormatFloat(x, 'g', -1, 64)`.
    static func general(_ number: Double) -> String { general(number.description) }

    private static func general(_ description: String) -> String {
        let decimal = Decimal(description)
        let isExtreme = decimal.point - 1 < -4 || decimal.point - 1 >= 6
        return isExtreme ? decimal.scientific(exponentDigits: 2) : decimal.fixed
    }
}
