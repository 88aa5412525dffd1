// SPDX-License-Identifier: Apache-2.0

/// A span of time as Go writes it: `1h0m0s`, `1.5s`, `300ms`.
///
/// Source: `time.ParseDuration` and `time.Duration.String` of Go's standard library.
package struct GoDuration: Sendable, Hashable, CustomStringConvertible {
    /// Whole nanoseconds; at most about 292 years either way.
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package init(seconds: Int64) {
        self.init(nanoseconds: seconds * 1_000_000_000)
    }

    /// Zero, which for a timeout means that there is none.
    package static let zero = GoDuration(nanoseconds: 0)

    package var duration: Duration { .nanoseconds(nanoseconds) }

    package var description: String {
        guard nanoseconds != 0 else { return "0s" }
        let sign = nanoseconds < 0 ? "-" : ""
        let magnitude = nanoseconds.magnitude
        if magnitude < 1_000_000_000 { return sign + Self.belowOneSecond(magnitude) }
        let seconds = magnitude / 1_000_000_000
        let fraction = Self.fraction(magnitude % 1_000_000_000, digits: 9)
        var text = "\(seconds % 60)\(fraction)s"
        if seconds >= 60 { text = "\(seconds / 60 % 60)m" + text }
        if seconds >= 3600 { text = "\(seconds / 3600)h" + text }
        return sign + text
    }

    private static func belowOneSecond(_ magnitude: UInt64) -> String {
        switch magnitude {
        case ..<1_000: "\(magnitude)ns"
        case ..<1_000_000:
            "\(magnitude / 1_000)\(fraction(magnitude % 1_000, digits: 3))µs"
        default:
            "\(magnitude / 1_000_000)\(fraction(magnitude % 1_000_000, digits: 6))ms"
        }
    }

    /// The decimals of `value` of `digits` places, with its point, without trailing zeros.
    private static func fraction(_ value: UInt64, digits: Int) -> String {
        guard value > 0 else { return "" }
        let text = String(value)
        var padded = String(repeating: "0", count: digits - text.count) + text
        while padded.last == "0" { padded.removeLast() }
        return "." + padded
    }
}
