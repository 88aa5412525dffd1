// SPDX-License-Identifier: Apache-2.0

/// A moment: nanoseconds since 1970-01-01T00:00:00Z.
package struct Timestamp: Sendable, Hashable, Comparable {
    package var nanoseconds: Int64

    package init(nanoseconds: Int64) {
        self.nanoseconds = nanoseconds
    }

    package static func < (left: Timestamp, right: Timestamp) -> Bool {
        left.nanoseconds < right.nanoseconds
    }

    /// RFC 3339 in UTC, to the second, as Kubernetes' `metav1.Time` prints it.
    package var seconds: String { text(fraction: 0) }

    /// RFC 3339 in UTC, to the microsecond.
    package var microseconds: String { text(fraction: 6) }

    private func text(fraction digits: Int) -> String {
        let second = nanoseconds.flooredQuotient(by: 1_000_000_000)
        let days = second.flooredQuotient(by: 86400)
        let clock = second - days * 86400
        let date = Timestamp.date(daysSince1970: days)
        var out: [UInt8] = []
        out.reserveCapacity(32)
        Timestamp.append(date.year, width: 4, to: &out)
        out.append(UInt8(ascii: "-"))
        Timestamp.append(date.month, width: 2, to: &out)
        out.append(UInt8(ascii: "-"))
        Timestamp.append(date.day, width: 2, to: &out)
        out.append(UInt8(ascii: "T"))
        Timestamp.append(clock / 3600, width: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        Timestamp.append(clock / 60 % 60, width: 2, to: &out)
        out.append(UInt8(ascii: ":"))
        Timestamp.append(clock % 60, width: 2, to: &out)
        if digits == 6 {
            out.append(UInt8(ascii: "."))
            Timestamp.append((nanoseconds - second * 1_000_000_000) / 1000, width: 6, to: &out)
        }
        out.append(UInt8(ascii: "Z"))
        return String(decoding: out, as: UTF8.self)
    }

    private static func append(_ value: Int64, width: Int, to out: inout [UInt8]) {
        var divisor: Int64 = 1
        for _ in 1..<width { divisor *= 10 }
        while divisor > 0 {
            out.append(UInt8(ascii: "0") + UInt8(value / divisor % 10))
            divisor /= 10
        }
    }

    /// The proleptic Gregorian date of a day, after Howard Hinnant's `civil_from_days`.
    private static func date(
        daysSince1970 days: Int64
    ) -> (year: Int64, month: Int64, day: Int64) {
        let shifted = days + 719468
        let era = shifted.flooredQuotient(by: 146097)
        let dayOfEra = shifted - era * 146097
        let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36524 - dayOfEra / 146096) / 365
        let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
        let shiftedMonth = (5 * dayOfYear + 2) / 153
        let month = shiftedMonth < 10 ? shiftedMonth + 3 : shiftedMonth - 9
        let year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0)
        return (year, month, dayOfYear - (153 * shiftedMonth + 2) / 5 + 1)
    }
}

extension Int64 {
    fileprivate func flooredQuotient(by divisor: Int64) -> Int64 {
        let quotient = self / divisor
        return self % divisor < 0 ? quotient - 1 : quotient
    }
}
