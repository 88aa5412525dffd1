// SPDX-License-Identifier: Apache-2.0

/// Durations as Go writes and reads them.
enum DurationText {
    /// The nanoseconds of a text such as `1h30m` or `-1.5s`; nil where it is none, or too long.
    static func nanoseconds(_ text: String) -> Int64? {
        var bytes = Array(text.utf8)[...]
        let isNegative = bytes.first == UInt8(ascii: "-")
        if isNegative || bytes.first == UInt8(ascii: "+") { bytes = bytes.dropFirst() }
        if bytes.elementsEqual("0".utf8) { return 0 }
        guard !bytes.isEmpty else { return nil }
        var total: UInt64 = 0
        while !bytes.isEmpty {
            guard let part = part(&bytes) else { return nil }
            let (sum, isTooMuch) = total.addingReportingOverflow(part)
            guard !isTooMuch, sum <= 1 << 63 else { return nil }
            total = sum
        }
        if isNegative { return total == 1 << 63 ? .min : -Int64(total) }
        return Int64(exactly: total)
    }

    /// A number with its unit.
    private static func part(_ bytes: inout ArraySlice<UInt8>) -> UInt64? {
        let isDigit = { (byte: UInt8) in (0x30...0x39).contains(byte) }
        let whole = bytes.prefix(while: isDigit)
        bytes = bytes.dropFirst(whole.count)
        var fraction = ArraySlice<UInt8>()
        if bytes.first == UInt8(ascii: ".") {
            fraction = bytes.dropFirst().prefix(while: isDigit)
            bytes = bytes.dropFirst(1 + fraction.count)
        }
        guard !whole.isEmpty || !fraction.isEmpty else { return nil }
        let name = bytes.prefix { !isDigit($0) && $0 != UInt8(ascii: ".") }
        bytes = bytes.dropFirst(name.count)
        guard let unit = units[String(decoding: name, as: UTF8.self)] else { return nil }
        guard let count = UInt64(whole.isEmpty ? "0" : String(decoding: whole, as: UTF8.self))
        else {
            return nil
        }
        let (value, isTooMuch) = count.multipliedReportingOverflow(by: unit)
        guard !isTooMuch else { return nil }
        var extra = 0.0
        var scale = Double(unit)
        for digit in fraction {
            scale /= 10
            extra += Double(digit - 0x30) * scale
        }
        return value.addingReportingOverflow(UInt64(extra.rounded(.toNearestOrEven))).partialValue
    }

    private static let units: [String: UInt64] = [
        "ns": 1, "us": 1_000, "µs": 1_000, "μs": 1_000, "ms": 1_000_000, "s": 1_000_000_000,
        "m": 60_000_000_000, "h": 3_600_000_000_000,
    ]

    /// As `string(duration)` writes it: in seconds.
    static func seconds(_ nanoseconds: Int64) -> String {
        let whole = Double(nanoseconds / CELTimestamp.billion)
        let part = Double(nanoseconds % CELTimestamp.billion)
        return GoDoubleText.withoutExponent(whole + part / 1e9) + "s"
    }
}
