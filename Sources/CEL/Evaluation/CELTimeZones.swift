// SPDX-License-Identifier: Apache-2.0

/// What is known of time zones: for a name, such as `Europe/Berlin`, and a moment the seconds east of UTC.
package struct CELTimeZones: Sendable {
    /// The seconds east of UTC in a zone at some seconds since 1970; `nil` for a zone that is not known.
    package var offset: @Sendable (_ name: String, _ seconds: Int64) -> Int64?

    package init(offset: @escaping @Sendable (String, Int64) -> Int64?) { self.offset = offset }

    /// Knows no names but UTC's.
    package static let none = CELTimeZones { _, _ in nil }
}
