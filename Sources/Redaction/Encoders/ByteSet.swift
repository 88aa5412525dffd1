// SPDX-License-Identifier: Apache-2.0

/// A set of ASCII bytes.
struct ByteSet: Sendable, ExpressibleByStringLiteral {
    private var low: UInt64 = 0
    private var high: UInt64 = 0

    /// The characters of an ASCII text.
    init(stringLiteral text: String) {
        for byte in text.utf8 { insert(byte) }
    }

    /// The bytes of ranges.
    init(_ ranges: ClosedRange<UInt8>...) {
        for range in ranges { for byte in range { insert(byte) } }
    }

    private mutating func insert(_ byte: UInt8) {
        precondition(byte < 0x80, "a byte set holds ASCII only")
        if byte < 64 { low |= 1 << UInt64(byte) } else { high |= 1 << UInt64(byte - 64) }
    }

    func contains(_ byte: UInt8) -> Bool {
        if byte < 64 { return low >> UInt64(byte) & 1 != 0 }
        return byte < 128 && high >> UInt64(byte - 64) & 1 != 0
    }

    func union(_ other: ByteSet) -> ByteSet {
        var union = self
        union.low |= other.low
        union.high |= other.high
        return union
    }

    func subtracting(_ other: ByteSet) -> ByteSet {
        var rest = self
        rest.low &= ~other.low
        rest.high &= ~other.high
        return rest
    }

    static let alphanumeric = ByteSet(0x30...0x39, 0x41...0x5A, 0x61...0x7A)
    /// RFC 3986 section 2.3.
    static let unreserved = alphanumeric.union("-._~")
}
