// SPDX-License-Identifier: Apache-2.0

/// A moment, in UTC.
package struct CELTimestamp: Sendable, Hashable, Comparable {
    /// Since 1970.
    package var seconds: Int64
    /// From 0 below one second.
    package var nanoseconds: Int64

    package static func < (left: Self, right: Self) -> Bool {
        (left.seconds, left.nanoseconds) < (right.seconds, right.nanoseconds)
    }

    private static let first: Int64 = -62_135_596_800
    private static let last: Int64 = 253_402_300_799
    static let overflow = CELError("timestamp overflow")

    /// - Throws: `CELError` outside the years 1 to 9999.
    init(seconds: Int64, nanoseconds: Int64 = 0) throws(CELError) {
        guard (Self.first...Self.last).contains(seconds) else { throw Self.overflow }
        self.seconds = seconds
        self.nanoseconds = nanoseconds
    }

    /// The moment some nanoseconds later.
    func adding(_ nanoseconds: Int64) throws(CELError) -> CELTimestamp {
        let sum = self.nanoseconds + nanoseconds % Self.billion
        let carry = sum < 0 ? -1 : sum / Self.billion
        return try CELTimestamp(
            seconds: seconds + nanoseconds / Self.billion + carry,
            nanoseconds: sum - carry * Self.billion
        )
    }

    /// The nanoseconds since another moment; nil where they do not fit.
    func since(_ other: CELTimestamp) -> Int64? {
        let (whole, isTooLong) = (seconds - other.seconds).multipliedReportingOverflow(
            by: Self.billion
        )
        let (sum, isTooMuch) = whole.addingReportingOverflow(nanoseconds - other.nanoseconds)
        return isTooLong || isTooMuch ? nil : sum
    }

    static let billion: Int64 = 1_000_000_000

    /// Reads RFC 3339.
    init(_ text: String) throws(CELError) {
        guard let parts = TimestampText.parts(of: text) else {
            throw CELError("invalid RFC 3339 timestamp \(GoText.quoted(text))")
        }
        try self.init(seconds: parts.seconds, nanoseconds: parts.nanoseconds)
    }

    /// As RFC 3339, with as many digits of the second as needed.
    var text: String {
        let date = CivilTime(seconds: seconds)
        func padded(_ value: Int64, _ width: Int) -> String {
            let digits = String(value)
            return String(repeating: "0", count: max(0, width - digits.count)) + digits
        }
        var fraction = padded(nanoseconds, 9)
        while fraction.hasSuffix("0") { fraction.removeLast() }
        return "\(padded(date.year, 4))-\(padded(date.month, 2))-\(padded(date.day, 2))"
            + "T\(padded(date.hour, 2)):\(padded(date.minute, 2)):\(padded(date.second, 2))"
            + (fraction.isEmpty ? "" : ".\(fraction)") + "Z"
    }
}
