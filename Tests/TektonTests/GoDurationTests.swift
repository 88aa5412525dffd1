// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import Tekton

struct GoDurationTests {
    @Test(arguments: [
        ("1h0m0s", "1h0m0s"), ("60m", "1h0m0s"), ("1h30m", "1h30m0s"), ("90s", "1m30s"),
        ("1.5h", "1h30m0s"), (".5s", "500ms"), ("1.s", "1s"), ("0", "0s"), ("-0", "0s"),
        ("+3s", "3s"), ("-1s", "-1s"), ("1500ms", "1.5s"), ("1us", "1µs"), ("1µs", "1µs"),
        ("1h1ns", "1h0m0.000000001s"), ("100ns", "100ns"), ("2562047h47m16.854775807s", nil),
    ])
    func `a duration prints as Go prints it`(text: String, printed: String?) throws {
        let duration = try #require(GoDuration(parsing: text))
        #expect(duration.description == printed ?? text)
        #expect(GoDuration(parsing: duration.description) == duration)
    }

    @Test(arguments: [
        "", "5", "1d", "abc", "1", ".", "s", "1 s", "1h-1m", "--1s", "3000000h", "1e3s", "-",
    ])
    func `what Go does not parse is no duration`(text: String) {
        #expect(GoDuration(parsing: text) == nil)
    }

    @Test func `the longest negative duration is a nanosecond longer than the longest`() {
        #expect(GoDuration(parsing: "-9223372036854775808ns")?.nanoseconds == .min)
        #expect(GoDuration(parsing: "9223372036854775808ns") == nil)
    }
}
