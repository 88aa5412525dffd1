// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// Small pieces of locked, wiped memory that wait for their next owner; see `LockedRegion`.
@safe final class IdleRegions: Sendable {
    @safe private struct Region: @unchecked Sendable {
        var base: UnsafeMutableRawPointer
        var byteCount: Int
    }

    private static let largestByteCount = 16 << 10
    private static let mostRegions = 8

    private let regions = Mutex<[Region]>([])

    /// A piece of exactly that size, zeroed; `nil` when none is here.
    @unsafe func take(byteCount: Int) -> UnsafeMutableRawPointer? {
        if byteCount > Self.largestByteCount { return nil }
        return unsafe regions.withLock { regions in
            guard let place = regions.lastIndex(where: { $0.byteCount == byteCount }) else {
                return nil
            }
            return unsafe regions.remove(at: place).base
        }
    }

    /// Takes a wiped piece over, if there is room; whether there was.
    @unsafe func keep(_ base: UnsafeMutableRawPointer, byteCount: Int) -> Bool {
        if byteCount > Self.largestByteCount { return false }
        return regions.withLock { regions in
            if regions.count == Self.mostRegions { return false }
            unsafe regions.append(Region(base: base, byteCount: byteCount))
            return true
        }
    }
}
