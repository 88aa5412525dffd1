// SPDX-License-Identifier: Apache-2.0

extension GoDuration {
    /// Reads a signed sequence of decimal numbers, each with a unit; `nil` when it is none or too large.
    package init?(parsing text: String) {
        var rest = Array(text.utf8)[...]
        var isNegative = false
        if let first = rest.first, first == UInt8(ascii: "-") || first == UInt8(ascii: "+") {
            isNegative = first == UInt8(ascii: "-")
            rest.removeFirst()
        }
        if rest.elementsEqual("0".utf8) {
            self = .zero
            return
        }
        guard !rest.isEmpty else { return nil }
        var total: UInt64 = 0
        while !rest.isEmpty {
            guard let part = Self.takePart(&rest) else { return nil }
            let (sum, overflow) = total.addingReportingOverflow(part)
            guard !overflow, sum <= 1 << 63 else { return nil }
            total = sum
        }
        guard isNegative || total <= UInt64(Int64.max) else { return nil }
        self.init(
            nanoseconds: isNegative ? Int64(truncatingIfNeeded: 0 &- total) : Int64(total)
        )
    }

    /// Takes one number with its unit off the front, in nanoseconds.
    private static func takePart(_ rest: inout ArraySlice<UInt8>) -> UInt64? {
        guard let first = rest.first, first == point || isDigit(first) else { return nil }
        let whole = rest.prefix(while: isDigit)
        rest = rest.dropFirst(whole.count)
        var decimals: ArraySlice<UInt8> = []
        if rest.first == point {
            rest.removeFirst()
            decimals = rest.prefix(while: isDigit)
            rest = rest.dropFirst(decimals.count)
        }
        guard !whole.isEmpty || !decimals.isEmpty else { return nil }
        let name = rest.prefix { $0 != point && !isDigit($0) }
        rest = rest.dropFirst(name.count)
        guard let unit = units[String(decoding: name, as: UTF8.self)] else { return nil }
        var value: UInt64 = 0
        for digit in whole {
            let (shifted, first) = value.multipliedReportingOverflow(by: 10)
            let (sum, second) = shifted.addingReportingOverflow(UInt64(digit - UInt8(ascii: "0")))
            guard !first, !second, sum <= 1 << 63 else { return nil }
            value = sum
        }
        let (scaled, overflow) = value.multipliedReportingOverflow(by: unit)
        guard !overflow else { return nil }
        return scaled + decimalPart(decimals, of: unit)
    }

    /// The nanoseconds of `.decimals` of a unit; digits beyond a `Double`'s reach do not count.
    private static func decimalPart(_ decimals: ArraySlice<UInt8>, of unit: UInt64) -> UInt64 {
        var numerator = 0.0
        var denominator = 1.0
        for digit in decimals.prefix(18) {
            numerator = numerator * 10 + Double(digit - UInt8(ascii: "0"))
            denominator *= 10
        }
        return UInt64(numerator * (Double(unit) / denominator))
    }

    private static let point = UInt8(ascii: ".")

    private static func isDigit(_ byte: UInt8) -> Bool {
        byte >= UInt8(ascii: "0") && byte <= UInt8(ascii: "9")
    }

    private static let units: [String: UInt64] = [
        "ns": 1,
        "us": 1_000,
        "µs": 1_000,
        "μs": 1_000,
        "ms": 1_000_000,
        "s": 1_000_000_000,
        "m": 60_000_000_000,
        "h": 3_600_000_000_000,
    ]
}
