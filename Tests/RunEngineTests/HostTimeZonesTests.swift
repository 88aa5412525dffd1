// SPDX-License-Identifier: Apache-2.0
import Testing

@testable import RunEngine

@Suite("Time zones of the host")
struct HostTimeZonesTests {
    @Test(
        arguments: [
            ("Europe/Berlin", 1_700_000_000, 3_600), ("Europe/Berlin", 1_690_000_000, 7_200),
            ("Asia/Kathmandu", 1_234_567_890, 20_700), ("America/St_Johns", 1_234_567_890, -12_600),
            ("UTC", 0, 0),
        ] as [(String, Int64, Int64)]
    )
    func `a zone has its offset at a moment`(name: String, seconds: Int64, offset: Int64) {
        #expect(HostTimeZones.offset(of: name, at: seconds) == offset)
    }

    @Test(arguments: [
        "", "No/Where", "/etc/localtime", "../../../etc/passwd", "Europe/../UTC", "tzdata.zi",
    ])
    func `what names no zone has none`(name: String) {
        #expect(HostTimeZones.offset(of: name, at: 0) == nil)
    }

    @Test func `a file that is cut anywhere is no zone, or reads without a fault`() throws {
        var bytes: [UInt8] = Array("TZif2".utf8) + [UInt8](repeating: 0, count: 39)
        bytes += bytes
        #expect(TimeZoneFile(bytes) == nil)
        for count in 0..<bytes.count { #expect(TimeZoneFile(Array(bytes.prefix(count))) == nil) }
    }
}
