// SPDX-License-Identifier: Apache-2.0
import Platform
import Testing

struct TimestampTests {
    @Test(arguments: [
        ("1970-01-01", "1970-01-01T00:00:00.000000Z"),
        ("2026-11-24T10:30:05Z", "2026-11-24T10:30:05.000000Z"),
        ("2026-11-24t10:30:05.1234567899z", "2026-11-24T10:30:05.123456Z"),
        ("2024-02-29T23:59:59+02:00", "2024-02-29T21:59:59.000000Z"),
        ("2024-02-29 23:59:59.5-00:30", "2024-03-01T00:29:59.500000Z"),
        ("1969-12-31T23:59:59Z", "1969-12-31T23:59:59.000000Z"),
    ])
    func `a date or a time of RFC 3339 is read`(_ text: String, _ expected: String) {
        #expect(Timestamp(parsing: text)?.microseconds == expected)
    }

    @Test(arguments: [
        "", "2026", "2026-13-01", "2026-00-01", "2026-01-32", "2026-01-01T24:00:00Z",
        "2026-01-01T10:60:00Z", "2026-01-01T10:00:00", "2026-01-01T10:00:00.Z", "26-01-01",
        "1699-12-31", "9999-12-31", "2026-01-01T10:00:00Zx", "2026-01-01T10:00:00+2", "yesterday",
    ])
    func `what is no such time is refused`(_ text: String) {
        #expect(Timestamp(parsing: text) == nil)
    }

    @Test func `every day of five hundred years comes back as it was`() {
        for day in Int64(-98_000)...98_000 {
            let time = Timestamp(nanoseconds: day * 86_400_000_000_000)
            #expect(Timestamp(parsing: String(time.seconds.prefix(10))) == time)
        }
    }
}
