// SPDX-License-Identifier: Apache-2.0
internal import CEL
internal import Platform

/// The time zones of the host, from the files of the tz database.
///
/// Source: RFC 9636, the TZif format; its 64-bit block, and not the rule for times after the last entry.
enum HostTimeZones {
    static let zones = CELTimeZones { offset(of: $0, at: $1) }

    /// Seconds east of UTC; `nil` for a zone that the host does not know.
    static func offset(of name: String, at seconds: Int64) -> Int64? {
        guard isName(name),
            let file = try? FileDescriptor.open("/usr/share/zoneinfo/\(name)"),
            let bytes = try? file.readToEnd(limit: 1 << 20)
        else { return nil }
        return TimeZoneFile(bytes)?.offset(at: seconds)
    }

    /// A name leads to no other directory.
    private static func isName(_ name: String) -> Bool {
        !name.isEmpty && !name.hasPrefix("/")
            && name.split(separator: "/", omittingEmptySubsequences: false).allSatisfy {
                !$0.isEmpty && !$0.hasPrefix(".")
            }
    }
}
