// SPDX-License-Identifier: Apache-2.0

// The inner loops of audits, which look at every byte in every view; see ByteKernel.swift, of which this is the other
// half: every load is within the spans and tables that a function is given.

/// The next place, from `start` on, of a byte that an escape begins with: `%`, `\\`, `&` or `=`.
func firstEscapeMark(in text: Span<UInt8>, from start: Int) -> Int? {
    var place = start
    unsafe text.withUnsafeBytes { bytes in
        let (percent, backslash) = (SIMD16<UInt8>(repeating: 0x25), SIMD16<UInt8>(repeating: 0x5C))
        let (and, equals) = (SIMD16<UInt8>(repeating: 0x26), SIMD16<UInt8>(repeating: 0x3D))
        let one = SIMD16<UInt8>(repeating: 1)
        // 1 for each lane with a mark.
        @inline(__always)
        func marks(_ place: Int) -> SIMD16<UInt8> {
            let text = unsafe bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
            let isMark =
                (text .== percent) .| (text .== backslash) .| (text .== and) .| (text .== equals)
            return SIMD16<UInt8>().replacing(with: one, where: isMark)
        }
        while place + 32 <= bytes.count {
            let found = unsafe unsafeBitCast(
                marks(place) | marks(place + 16),
                to: SIMD2<UInt64>.self
            )
            if found[0] | found[1] != 0 { break }
            place += 32
        }
        while place < bytes.count {
            let byte = unsafe bytes[place]
            if byte == 0x25 || byte == 0x5C || byte == 0x26 || byte == 0x3D { return }
            place += 1
        }
    }
    return place < text.count ? place : nil
}

/// Appends the letters and digits of a text without control sequences, letters in lower case.
///
/// `output` must have room for as many bytes as the text has. `pairs` is `FoldedText.pairs`, or empty.
func appendFolded(
    _ text: Span<UInt8>,
    _ pairs: [UInt32],
    to output: inout OutputSpan<UInt8>
) {
    precondition(output.freeCapacity >= text.count, "a folded text is no longer than the text")
    precondition(pairs.isEmpty || pairs.count == 65536, "the table has an entry for each pair")
    unsafe output.withUnsafeMutableBufferPointer { target, count in
        unsafe text.withUnsafeBytes { source in
            let room = UnsafeMutableRawBufferPointer(target)
            var (index, end) = (0, count)
            unsafe pairs.withUnsafeBufferPointer { pairs in
                @inline(__always)
                func append(_ pair: UInt64) {
                    let entry = unsafe pairs[Int(truncatingIfNeeded: pair & 0xFFFF)]
                    let kept = UInt16(truncatingIfNeeded: entry).littleEndian
                    unsafe room.storeBytes(of: kept, toByteOffset: end, as: UInt16.self)
                    end &+= Int(truncatingIfNeeded: entry &>> 16)
                }
                while index + 8 <= source.count, !pairs.isEmpty {
                    let word = unsafe UInt64(
                        littleEndian: source.loadUnaligned(
                            fromByteOffset: index,
                            as: UInt64.self
                        )
                    )
                    append(word)
                    append(word &>> 16)
                    append(word &>> 32)
                    append(word &>> 48)
                    index += 8
                }
            }
            unsafe FoldedText.table.withUnsafeBufferPointer { table in
                while index < source.count {
                    let folded = unsafe table[Int(source[index])]
                    unsafe target[end] = folded
                    // 1 but for 0, without a branch.
                    end &+= (Int(folded) &+ 0xFF) &>> 8
                    index += 1
                }
            }
            count = end
        }
    }
}

/// The first run of at least `count` base64 digits, of either alphabet, from `start` on.
///
/// Each try begins at the end of the place where a run would stand: a byte there that is no digit rules the
/// whole place out, so of most texts few bytes are looked at.
func firstDigitRun(in text: Span<UInt8>, from start: Int, count: Int) -> Int? {
    precondition(count > 0, "a run has digits")
    return unsafe text.withUnsafeBufferPointer { bytes in
        unsafe Base64Text.digitTable.withUnsafeBufferPointer { table in
            // No run that is looked for begins before here.
            var begin = start
            while begin + count <= bytes.count {
                var place = begin + count - 1
                while place >= begin, unsafe table[Int(bytes[place])] != 0 { place -= 1 }
                if place < begin { return begin }
                begin = place + 1
            }
            return nil
        }
    }
}

/// The end of the base64 digits that stand from `start` on.
func endOfDigits(in text: Span<UInt8>, from start: Int) -> Int {
    unsafe text.withUnsafeBufferPointer { bytes in
        unsafe Base64Text.digitTable.withUnsafeBufferPointer { table in
            var end = start
            while end < bytes.count, unsafe table[Int(bytes[end])] != 0 { end += 1 }
            return end
        }
    }
}

/// Whether base64 digits decode to text, some bytes aside, or to a compressed stream's beginning.
func decodesToText(_ digits: Span<UInt8>, mostUnreadable: Int) -> Bool {
    unsafe digits.withUnsafeBufferPointer { digits in
        unsafe Base64Text.values.withUnsafeBufferPointer { values in
            unsafe EncodedBlobs.unreadableTable.withUnsafeBufferPointer { unreadable in
                @inline(__always)
                func bits(_ place: Int) -> UInt32 { unsafe UInt32(values[Int(digits[place])]) }
                var (place, count) = (0, 0)
                while place + 4 <= digits.count {
                    let word =
                        bits(place) &<< 18 | bits(place + 1) &<< 12
                        | bits(place + 2) &<< 6 | bits(place + 3)
                    let bytes = (Int(word &>> 16), Int(word &>> 8 & 0xFF), Int(word & 0xFF))
                    if place == 0, EncodedBlobs.isCompressed(UInt8(bytes.0), UInt8(bytes.1)) {
                        return true
                    }
                    count +=
                        unsafe Int(unreadable[bytes.0]) + Int(unreadable[bytes.1])
                        + Int(unreadable[bytes.2])
                    if count > mostUnreadable { return false }
                    place += 4
                }
                return true
            }
        }
    }
}
