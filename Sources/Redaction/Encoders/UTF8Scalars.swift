// SPDX-License-Identifier: Apache-2.0

extension Span<UInt8> {
    /// The Unicode scalar whose UTF-8 begins at `index`, and its length.
    ///
    /// - Returns: `nil` where no valid sequence begins (RFC 3629 section 4).
    func scalar(at index: Int) -> (value: UInt32, count: Int)? {
        let first = self[index]
        if first < 0x80 { return (UInt32(first), 1) }
        let length: Int
        switch first {
        case 0xC2...0xDF: length = 2
        case 0xE0...0xEF: length = 3
        case 0xF0...0xF4: length = 4
        default: return nil
        }
        if index + length > count { return nil }
        var value = UInt32(first) & (0x7F >> UInt32(length))
        for place in index + 1..<index + length {
            if self[place] & 0xC0 != 0x80 { return nil }
            value = value << 6 | UInt32(self[place] & 0x3F)
        }
        let isTooLong = length == 3 && value < 0x800 || length == 4 && value < 0x10000
        let isOutside = value > 0x10FFFF || (0xD800...0xDFFF).contains(value)
        return isTooLong || isOutside ? nil : (value, length)
    }

    /// How many bytes at `index`, where no valid sequence begins, are the beginning of one.
    ///
    /// At least 1, the byte itself; the Unicode Standard, table 3-7.
    func brokenScalarCount(at index: Int) -> Int {
        let first = self[index]
        guard index + 1 < count, (0xE0...0xF4).contains(first) else { return 1 }
        let second: ClosedRange<UInt8> =
            switch first {
            case 0xE0: 0xA0...0xBF
            case 0xED: 0x80...0x9F
            case 0xF0: 0x90...0xBF
            case 0xF4: 0x80...0x8F
            default: 0x80...0xBF
            }
        guard second.contains(self[index + 1]) else { return 1 }
        let isLonger = first >= 0xF0 && index + 2 < count && self[index + 2] & 0xC0 == 0x80
        return isLonger ? 3 : 2
    }
}
