// SPDX-License-Identifier: Apache-2.0
internal import FUSE

/// The names of one directory, sorted by their bytes.
struct DirectoryEntries {
    struct Entry {
        let name: [UInt8]
        var inode: UInt64
        let kind: FUSEAttributes.Kind
    }

    private(set) var all: [Entry] = []

    var isEmpty: Bool { all.isEmpty }
    var directoryCount: Int { all.count { $0.kind == .directory } }

    subscript(name: Span<UInt8>) -> Entry? {
        let index = position(of: name)
        if index == all.count { return nil }
        let entry = all[index]
        return Self.order(entry.name.span, name) == 0 ? entry : nil
    }

    subscript(name: [UInt8]) -> Entry? { self[name.span] }

    /// Adds a name that is not there yet, or gives one that is there another inode.
    mutating func set(_ name: [UInt8], to inode: UInt64, kind: FUSEAttributes.Kind) {
        let index = position(of: name.span)
        if index < all.count, all[index].name == name {
            all[index].inode = inode
        } else {
            all.insert(Entry(name: name, inode: inode, kind: kind), at: index)
        }
    }

    mutating func remove(_ name: [UInt8]) {
        let index = position(of: name.span)
        precondition(index < all.count && all[index].name == name, "a name removed is there")
        all.remove(at: index)
    }

    /// The first entry that is not below `name`.
    private func position(of name: Span<UInt8>) -> Int {
        var low = 0
        var high = all.count
        while low < high {
            let middle = (low + high) / 2
            let candidate = all[middle].name
            if Self.order(candidate.span, name) < 0 {
                low = middle + 1
            } else {
                high = middle
            }
        }
        return low
    }

    /// Negative, zero or positive, as memcmp(3).
    private static func order(_ left: Span<UInt8>, _ right: Span<UInt8>) -> Int {
        for index in 0..<min(left.count, right.count) where left[index] != right[index] {
            return Int(left[index]) - Int(right[index])
        }
        return left.count - right.count
    }
}
