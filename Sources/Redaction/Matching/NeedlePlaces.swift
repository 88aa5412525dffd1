// SPDX-License-Identifier: Apache-2.0

/// Where needles stand in a list, by hashes of their bytes: open addressing, for thousands are entered at a
/// run's start.
struct NeedlePlaces {
    /// In each slot the upper half of a hash and a place plus 1; 0 where it is free.
    private var slots = [UInt64](repeating: 0, count: 256)
    private var count = 0
    /// Another one in each process, so that nobody can choose values that collide.
    private static let seed = UInt64(truncatingIfNeeded: Hasher().finalize()) | 1

    func hash(of bytes: Span<UInt8>) -> UInt64 {
        var hash = Self.seed &+ UInt64(bytes.count)
        for index in stride(from: 0, to: bytes.count, by: 8) {
            let product = (hash ^ bytes.word(at: index)).multipliedFullWidth(by: Self.seed)
            hash = product.high ^ product.low &+ 0x9E37_79B9_7F4A_7C15
        }
        return hash ^ hash << 32
    }

    /// The places whose hashes may be this one.
    func candidates(for hash: UInt64) -> [Int] {
        var found: [Int] = []
        var slot = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
        while slots[slot] != 0 {
            if slots[slot] >> 32 == hash >> 32 {
                found.append(Int(slots[slot] & 0xFFFF_FFFF) - 1)
            }
            slot = (slot + 1) & (slots.count - 1)
        }
        return found
    }

    /// Enters a place.
    mutating func add(_ place: Int, _ hash: UInt64) {
        if 2 * (count + 1) > slots.count { grow() }
        enter(hash & 0xFFFF_FFFF_0000_0000 | UInt64(place + 1), hash)
        count += 1
    }

    private mutating func enter(_ content: UInt64, _ hash: UInt64) {
        var slot = Int(truncatingIfNeeded: hash >> 32) & (slots.count - 1)
        while slots[slot] != 0 { slot = (slot + 1) & (slots.count - 1) }
        slots[slot] = content
    }

    private mutating func grow() {
        let former = slots
        slots = Array(repeating: 0, count: 4 * former.count)
        for content in former where content != 0 { enter(content, content) }
    }
}
