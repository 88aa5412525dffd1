// SPDX-License-Identifier: Apache-2.0

/// Writes times that come one after the other; within a second only the fraction is written anew.
package struct ClockText: Sendable {
    private static let fractionBegins = 20

    private var second: Int64 = .min
    /// Always 27 bytes.
    private var text: [UInt8] = []

    package init() {}

    /// The ASCII text that `Timestamp.microseconds` gives of a time.
    package mutating func microseconds(of time: Timestamp) -> [UInt8] {
        let quotient = time.nanoseconds / 1_000_000_000
        let current = time.nanoseconds < quotient * 1_000_000_000 ? quotient - 1 : quotient
        if current != second {
            second = current
            text = Array(time.microseconds.utf8)
            return text
        }
        var left = UInt32((time.nanoseconds - current * 1_000_000_000) / 1000)
        for place in stride(from: Self.fractionBegins + 5, through: Self.fractionBegins, by: -1) {
            text[place] = UInt8(ascii: "0") + UInt8(left % 10)
            left /= 10
        }
        return text
    }
}
