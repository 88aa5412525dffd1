// SPDX-License-Identifier: Apache-2.0

/// Numbers as Go's strconv reads them.
enum GoNumberText {
    /// A double; nil where the text is none, or none that is finite though it names digits.
    static func double(_ text: String) -> Double? {
        let unsigned = text.hasPrefix("-") || text.hasPrefix("+") ? String(text.dropFirst()) : text
        switch unsigned.lowercased() {
        case "inf", "infinity": return text.hasPrefix("-") ? -.infinity : .infinity
        case "nan" where unsigned == text: return .nan
        default: break
        }
        let isPlain = unsigned.utf8.allSatisfy {
            (0x30...0x39).contains($0) || ".eE+-".utf8.contains($0)
        }
        let isHex = unsigned.hasPrefix("0x") || unsigned.hasPrefix("0X")
        guard isPlain || isHex && unsigned.lowercased().contains("p") else { return nil }
        // Swift wants a digit before the point, Go does not.
        let sign = text.hasPrefix("-") ? "-" : ""
        let body = unsigned.hasPrefix(".") ? "0\(unsigned)" : unsigned
        guard unsigned.utf8.contains(where: { (0x30...0x39).contains($0) }) else { return nil }
        guard let value = Double(sign + body), value.isFinite else { return nil }
        return value
    }
}
