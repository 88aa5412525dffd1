// SPDX-License-Identifier: Apache-2.0
internal import Glibc

/// Where the time of day comes from; injected, so that a test can set it.
package struct WallClock: Sendable {
    private let read: @Sendable () -> Int64

    /// Reads the time from `source`: nanoseconds since 1970, UTC.
    package init(_ source: @escaping @Sendable () -> Int64) {
        read = source
    }

    /// The kernel's clock; clock_gettime(2) with CLOCK_REALTIME.
    package static let system = WallClock {
        var now = timespec()
        _ = unsafe clock_gettime(CLOCK_REALTIME, &now)
        return Int64(now.tv_sec) * 1_000_000_000 + Int64(now.tv_nsec)
    }

    /// The time now.
    package func now() -> Timestamp { Timestamp(nanoseconds: read()) }
}
