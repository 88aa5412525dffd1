// SPDX-License-Identifier: Apache-2.0

extension Timestamp {
    /// Reads a date (`2026-11-24`, at midnight UTC) or a time of RFC 3339; `nil` for anything else.
    ///
    /// Digits of a second's fraction beyond the ninth are dropped. Years are 1700 to 2261, which nanoseconds
    /// can tell.
    package init?(parsing text: String) {
        var scanner = DigitScanner(text)
        guard let year = scanner.number(4), (1700...2261).contains(year), scanner.take("-"),
            let month = scanner.number(2), (1...12).contains(month), scanner.take("-"),
            let day = scanner.number(2), (1...31).contains(day)
        else { return nil }
        let days = Self.days(year, month, day)
        if scanner.isAtEnd {
            self.init(nanoseconds: days * 86_400_000_000_000)
            return
        }
        guard scanner.take("T") || scanner.take("t") || scanner.take(" "),
            let hour = scanner.number(2), hour < 24, scanner.take(":"),
            let minute = scanner.number(2), minute < 60, scanner.take(":"),
            let second = scanner.number(2), second <= 60
        else { return nil }
        let fraction = scanner.take(".") ? scanner.fraction() : 0
        guard let fraction, let offset = scanner.zone(), scanner.isAtEnd else { return nil }
        let clock = hour * 3600 + minute * 60 + second - offset
        self.init(nanoseconds: (days * 86400 + clock) * 1_000_000_000 + fraction)
    }

    /// The number of a day in the proleptic Gregorian calendar, after Howard Hinnant's `days_from_civil`.
    private static func days(_ year: Int64, _ month: Int64, _ day: Int64) -> Int64 {
        let shifted = month <= 2 ? year - 1 : year
        let era = shifted / 400
        let yearOfEra = shifted - era * 400
        let dayOfYear = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 + day - 1
        let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
        return era * 146097 + dayOfEra - 719468
    }
}

/// Takes a time's text apart.
private struct DigitScanner {
    private var rest: Substring.UTF8View

    init(_ text: String) {
        rest = Substring(text).utf8
    }

    var isAtEnd: Bool { rest.isEmpty }

    mutating func take(_ character: Unicode.Scalar) -> Bool {
        guard rest.first.map(UInt32.init) == character.value else { return false }
        rest.removeFirst()
        return true
    }

    mutating func number(_ digits: Int) -> Int64? {
        var value: Int64 = 0
        for _ in 0..<digits {
            guard let digit = digit() else { return nil }
            value = value * 10 + digit
        }
        return value
    }

    /// The nanoseconds of one digit or more.
    mutating func fraction() -> Int64? {
        var nanoseconds: Int64 = 0
        var place: Int64 = 100_000_000
        var count = 0
        while let digit = digit() {
            nanoseconds += digit * place
            place /= 10
            count += 1
        }
        return count > 0 ? nanoseconds : nil
    }

    /// The seconds of `Z` or `+02:00`.
    mutating func zone() -> Int64? {
        if take("Z") || take("z") { return 0 }
        let isBehind = take("-")
        guard isBehind || take("+"), let hours = number(2), take(":"), let minutes = number(2)
        else {
            return nil
        }
        return (isBehind ? -1 : 1) * (hours * 3600 + minutes * 60)
    }

    private mutating func digit() -> Int64? {
        guard let byte = rest.first, (0x30...0x39).contains(byte) else { return nil }
        rest.removeFirst()
        return Int64(byte - 0x30)
    }
}
