// SPDX-License-Identifier: Apache-2.0

/// The instructions that make an object of another one, gitformat-pack(5).
@safe struct PackDelta {
    private let instructions: UnsafeBufferPointer<UInt8>
    private let start: Int
    let baseByteCount: Int
    let resultByteCount: Int

    /// Reads the two sizes.
    init(_ instructions: UnsafeBufferPointer<UInt8>) throws(PackTrouble) {
        var next = 0
        unsafe baseByteCount = try Self.size(instructions, &next)
        unsafe resultByteCount = try Self.size(instructions, &next)
        start = next
        unsafe self.instructions = unsafe instructions
    }

    private static func size(
        _ bytes: UnsafeBufferPointer<UInt8>,
        _ next: inout Int
    ) throws(PackTrouble) -> Int {
        var (value, shift) = (0, 0)
        while next < bytes.count, shift < 50 {
            let byte = unsafe bytes[next]
            next += 1
            value |= Int(byte & 0x7F) << shift
            if byte & 0x80 == 0 { return value }
            shift += 7
        }
        throw PackTrouble("a delta without its sizes")
    }

    /// Makes the object; `result` has room for `resultByteCount` bytes.
    func apply(
        to base: UnsafeBufferPointer<UInt8>,
        into result: UnsafeMutablePointer<UInt8>
    ) throws(PackTrouble) {
        if base.count != baseByteCount { throw PackTrouble("a delta for another base") }
        var next = start
        var made = 0
        while unsafe next < instructions.count {
            let instruction = unsafe instructions[next]
            next += 1
            if instruction & 0x80 == 0 {
                let count = Int(instruction)
                guard count > 0, unsafe next + count <= instructions.count,
                    made + count <= resultByteCount,
                    let source = unsafe instructions.baseAddress
                else { throw PackTrouble("a delta that adds too much") }
                unsafe (result + made).update(from: source + next, count: count)
                next += count
                made += count
                continue
            }
            var (offset, count) = (0, 0)
            for bit in 0..<7 where instruction & (1 << UInt8(bit)) != 0 {
                if unsafe next == instructions.count {
                    throw PackTrouble("a delta that is cut off")
                }
                let byte = Int(unsafe instructions[next])
                next += 1
                if bit < 4 { offset |= byte << (8 * bit) } else { count |= byte << (8 * (bit - 4)) }
            }
            if count == 0 { count = 0x10000 }
            guard offset + count <= base.count, made + count <= resultByteCount,
                let source = base.baseAddress
            else { throw PackTrouble("a delta that copies from nowhere") }
            unsafe (result + made).update(from: source + offset, count: count)
            made += count
        }
        if made != resultByteCount { throw PackTrouble("a delta that makes another size") }
    }
}
