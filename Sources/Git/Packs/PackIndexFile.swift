// SPDX-License-Identifier: Apache-2.0
internal import Cryptography
internal import Platform

/// Writes the index of a pack, version 2 of gitformat-pack(5).
struct PackIndexFile {
    private let table: PackTable
    private let trailer: [UInt8]

    /// - Parameters:
    ///   - table: every object has its name.
    ///   - trailer: the pack's checksum.
    init(_ table: PackTable, trailer: [UInt8]) {
        self.table = table
        self.trailer = trailer
    }

    /// Makes the file.
    func write(to path: String) throws {
        let bytes = try content()
        let file = try FileDescriptor.open(
            path,
            [.writeOnly, .create, .exclusive],
            permissions: 0o444
        )
        try file.write(bytes)
    }

    private func content() throws -> [UInt8] {
        let order = table.sortedByName()
        for (one, other) in zip(order, order.dropFirst()) where !table.isBefore(one, other) {
            throw PackTrouble("an object that is there twice")
        }
        var bytes: [UInt8] = [0xFF, 0x74, 0x4F, 0x63, 0, 0, 0, 2]
        bytes.reserveCapacity(1100 + order.count * 28)
        var counts = [UInt32](repeating: 0, count: 256)
        for place in order { counts[table[Int(place)].prefix >> 8] += 1 }
        var sum: UInt32 = 0
        for count in counts {
            sum += count
            add(sum, to: &bytes)
        }
        for place in order {
            unsafe withUnsafeBytes(of: table[Int(place)].id) { unsafe bytes.append(contentsOf: $0) }
        }
        for place in order { add(table[Int(place)].checksum, to: &bytes) }
        var large: [Int] = []
        for place in order {
            let offset = table[Int(place)].offset
            if offset < 1 << 31 {
                add(UInt32(offset), to: &bytes)
            } else {
                add(1 << 31 | UInt32(large.count), to: &bytes)
                large.append(offset)
            }
        }
        for offset in large {
            add(UInt32(offset >> 32), to: &bytes)
            add(UInt32(truncatingIfNeeded: offset), to: &bytes)
        }
        bytes += trailer
        let hash = try SHA1()
        try hash.update(bytes.span)
        return bytes + (try hash.finish())
    }

    private func add(_ number: UInt32, to bytes: inout [UInt8]) {
        bytes.append(UInt8(truncatingIfNeeded: number >> 24))
        bytes.append(UInt8(truncatingIfNeeded: number >> 16))
        bytes.append(UInt8(truncatingIfNeeded: number >> 8))
        bytes.append(UInt8(truncatingIfNeeded: number))
    }
}
