// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import HTTP

@Suite("Dates of header fields")
struct HTTPDateTests {
    @Test(
        "are seconds since 1970",
        arguments: [
            ("Thu, 01 Jan 1970 00:00:00 GMT", 0),
            ("Sun, 06 Nov 1994 08:49:37 GMT", 784_111_777),
            ("Thu, 29 Feb 2024 23:59:60 GMT", 1_709_251_200),
            ("Tue, 24 Nov 2026 08:13:48 GMT", 1_795_508_028),
        ]
    )
    func reads(_ text: String, _ seconds: Int) {
        #expect(HTTPDate.seconds(of: text) == seconds)
    }

    @Test(
        "of another format are none",
        arguments: [
            "", "120", "Sun, 06 Nov 1994 08:49:37", "Sun, 06 Nov 1994 25:49:37 GMT",
            "Sun, 06 Now 1994 08:49:37 GMT", "Sunday, 06-Nov-94 08:49:37 GMT",
        ]
    )
    func refuses(_ text: String) {
        #expect(HTTPDate.seconds(of: text) == nil)
    }
}
