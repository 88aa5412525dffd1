// SPDX-License-Identifier: Apache-2.0
internal import Synchronization

/// The bytes of an object that deltas are applied to.
@safe final class ObjectBytes: @unchecked Sendable {
    let bytes: UnsafeMutableBufferPointer<UInt8>
    private let budget: Budget

    /// How much all of them may hold at once.
    final class Budget: Sendable {
        private let held = Atomic<Int>(0)
        private static let limit = 96 << 20

        fileprivate func take(_ byteCount: Int) throws(PackTrouble) {
            let held = held.add(byteCount, ordering: .relaxed).newValue
            if held > Self.limit { throw PackTrouble("too many objects in memory") }
        }

        fileprivate func give(_ byteCount: Int) {
            held.subtract(byteCount, ordering: .relaxed)
        }
    }

    init(byteCount: Int, _ budget: Budget) throws(PackTrouble) {
        self.budget = budget
        // Never empty, so that there is an address.
        unsafe bytes = .allocate(capacity: byteCount)
        try budget.take(byteCount)
    }

    deinit {
        unsafe budget.give(bytes.count)
        unsafe bytes.deallocate()
    }
}
