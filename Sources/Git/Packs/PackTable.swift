// SPDX-License-Identifier: Apache-2.0
internal import CGit2

/// The objects of a pack in its order.
///
/// Thread rule: one thread adds; once all are there, several may change different entries at the same time.
@safe final class PackTable: @unchecked Sendable {
    private(set) var count = 0
    private(set) var deltaCount = 0
    private var capacity = 4096
    private var entries: UnsafeMutablePointer<PackEntry>
    /// Instructions that were kept, in blocks.
    private var blocks: [UnsafeMutablePointer<UInt8>]
    private var blockLeft = 0

    private static let blockSize = 1 << 20
    /// How many blocks of instructions are kept; those of later deltas are read from the pack again.
    private static let blockLimit = 32

    init() {
        unsafe blocks = []
        unsafe entries = .allocate(capacity: capacity)
    }

    deinit {
        unsafe entries.deallocate()
        for index in unsafe blocks.indices { unsafe blocks[index].deallocate() }
    }

    /// The entry at a place below `count`.
    subscript(place: Int) -> PackEntry {
        unsafeAddress { unsafe UnsafePointer(entries + place) }
        unsafeMutableAddress { unsafe entries + place }
    }

    /// Adds the next object of the pack.
    func append(_ entry: PackEntry) throws(PackTrouble) {
        if count == Int(Int32.max) { throw PackTrouble("too many objects") }
        if count == capacity {
            let larger = UnsafeMutablePointer<PackEntry>.allocate(capacity: capacity * 2)
            unsafe larger.moveInitialize(from: entries, count: count)
            unsafe entries.deallocate()
            unsafe entries = larger
            capacity *= 2
        }
        unsafe (entries + count).initialize(to: entry)
        count += 1
        if entry.base >= 0 { deltaCount += 1 }
    }

    /// Keeps a copy of a delta's instructions; `nil` when there is no room for more.
    func keep(_ bytes: UnsafeMutableBufferPointer<UInt8>) -> UnsafeMutablePointer<UInt8>? {
        if bytes.count > Self.blockSize / 4 { return nil }
        if bytes.count > blockLeft {
            if unsafe blocks.count == Self.blockLimit { return nil }
            unsafe blocks.append(.allocate(capacity: Self.blockSize))
            blockLeft = Self.blockSize
        }
        guard let block = unsafe blocks.last, let start = bytes.baseAddress else {
            return nil
        }
        let place = unsafe block + (Self.blockSize - blockLeft)
        unsafe place.initialize(from: start, count: bytes.count)
        blockLeft -= bytes.count
        return unsafe place
    }

    /// The place of the object that starts at an offset, among those that were added.
    func place(ofOffset offset: Int) -> Int? {
        var (low, high) = (0, count)
        while low < high {
            let middle = (low + high) / 2
            if self[middle].offset < offset { low = middle + 1 } else { high = middle }
        }
        return low < count && self[low].offset == offset ? low : nil
    }

    /// Links every base to the deltas on it.
    func link() {
        for place in stride(from: count - 1, through: 0, by: -1) where self[place].base >= 0 {
            let base = Int(self[place].base)
            self[place].nextSibling = self[base].firstChild
            self[base].firstChild = Int32(place)
        }
    }

    /// The places of all objects, sorted by name.
    func sortedByName() -> [Int32] {
        // By the first two bytes, then within each group, which are small.
        var starts = [Int](repeating: 0, count: 65537)
        for place in 0..<count { starts[self[place].prefix + 1] += 1 }
        for group in 1...65536 { starts[group] += starts[group - 1] }
        var next = starts
        var sorted = [Int32](repeating: 0, count: count)
        for place in 0..<count {
            let group = self[place].prefix
            sorted[next[group]] = Int32(place)
            next[group] += 1
        }
        for group in 0..<65536 where starts[group + 1] - starts[group] > 1 {
            sorted[starts[group]..<starts[group + 1]].sort { isBefore($0, $1) }
        }
        return sorted
    }

    /// Whether the name of one object is less than another's.
    func isBefore(_ one: Int32, _ other: Int32) -> Bool {
        unsafe withUnsafeBytes(of: self[Int(one)].id) { one in
            unsafe withUnsafeBytes(of: self[Int(other)].id) { other in
                unsafe one.lexicographicallyPrecedes(other)
            }
        }
    }
}

extension PackEntry {
    /// The first two bytes of its name.
    var prefix: Int { Int(id.id.0) << 8 | Int(id.id.1) }
}
