// SPDX-License-Identifier: Apache-2.0

/// The transitions of one time zone.
struct TimeZoneFile {
    private var moments: [Int64] = []
    private var kinds: [Int] = []
    private var offsets: [Int64] = []

    /// Reads a TZif file of version 2 or later; `nil` when it is none.
    init?(_ bytes: [UInt8]) {
        guard let first = Header(bytes, at: 0), first.version >= 0x32 else { return nil }
        let start = Header.byteCount + first.bodyByteCount(timeByteCount: 4)
        guard let header = Header(bytes, at: start) else { return nil }
        let body = start + Header.byteCount
        guard bytes.count >= body + header.bodyByteCount(timeByteCount: 8), header.typeCount > 0
        else { return nil }
        for index in 0..<header.timeCount {
            moments.append(Self.integer(bytes, body + 8 * index, 8))
            kinds.append(Int(bytes[body + 8 * header.timeCount + index]))
        }
        let types = body + 9 * header.timeCount
        for index in 0..<header.typeCount {
            offsets.append(Self.integer(bytes, types + 6 * index, 4))
        }
        guard kinds.allSatisfy(offsets.indices.contains) else { return nil }
    }

    /// Seconds east of UTC.
    func offset(at seconds: Int64) -> Int64 {
        var (low, high) = (0, moments.count)
        while low < high {
            let middle = (low + high) / 2
            if moments[middle] <= seconds { low = middle + 1 } else { high = middle }
        }
        return low == 0 ? offsets[0] : offsets[kinds[low - 1]]
    }

    private static func integer(_ bytes: [UInt8], _ start: Int, _ count: Int) -> Int64 {
        let value = bytes[start..<start + count].reduce(UInt64(0)) { $0 << 8 | UInt64($1) }
        return count == 4 ? Int64(Int32(truncatingIfNeeded: value)) : Int64(bitPattern: value)
    }

    private struct Header {
        static let byteCount = 44
        var version: UInt8
        var timeCount: Int
        var typeCount: Int
        private var otherCounts: (utc: Int, standard: Int, leap: Int, characters: Int)

        init?(_ bytes: [UInt8], at start: Int) {
            guard bytes.count >= start + Self.byteCount,
                bytes[start..<start + 4].elementsEqual("TZif".utf8)
            else { return nil }
            let counts = (0..<6).map { Int(TimeZoneFile.integer(bytes, start + 20 + 4 * $0, 4)) }
            guard counts.allSatisfy({ (0...100_000).contains($0) }) else { return nil }
            version = bytes[start + 4]
            otherCounts = (counts[0], counts[1], counts[2], counts[5])
            timeCount = counts[3]
            typeCount = counts[4]
        }

        func bodyByteCount(timeByteCount: Int) -> Int {
            timeCount * (timeByteCount + 1) + typeCount * 6 + otherCounts.characters
                + otherCounts.leap * (timeByteCount + 4) + otherCounts.standard + otherCounts.utc
        }
    }
}
