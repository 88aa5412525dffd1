// SPDX-License-Identifier: Apache-2.0
internal import Platform

// The matcher's inner loop: with that of audits (AuditKernel.swift) the one file outside the wrapper targets that
// says `unsafe`. Every load is within the spans that its function is given, or within the slack that `NeedleStore`
// keeps; the differential tests run it under the address sanitizer.

/// How many bytes two spans share at their start.
func commonPrefixCount(_ one: Span<UInt8>, _ other: Span<UInt8>) -> Int {
    let limit = min(one.count, other.count)
    return unsafe one.withUnsafeBytes { first in
        unsafe other.withUnsafeBytes { second in
            @inline(__always)
            func difference(_ index: Int) -> UInt64 {
                unsafe first.loadUnaligned(fromByteOffset: index, as: UInt64.self)
                    ^ second.loadUnaligned(fromByteOffset: index, as: UInt64.self)
            }
            var index = 0
            while index + 32 <= limit,
                difference(index) | difference(index + 8) | difference(index + 16)
                    | difference(index + 24) == 0
            {
                index += 32
            }
            while index + 8 <= limit {
                let bits = UInt64(littleEndian: difference(index))
                if bits != 0 { return index + bits.trailingZeroBitCount / 8 }
                index += 8
            }
            while index < limit, unsafe first[index] == second[index] { index += 1 }
            return index
        }
    }
}

extension [UInt8] {
    /// Appends the bytes of a span.
    mutating func append(_ bytes: Span<UInt8>) {
        unsafe bytes.withUnsafeBufferPointer { unsafe append(contentsOf: $0) }
    }
}

extension Span<UInt8> {
    /// Up to 8 bytes from `offset` on, as a little-endian word; bytes past the end are 0.
    func word(at offset: Int) -> UInt64 {
        if offset + 8 <= count {
            return unsafe withUnsafeBytes {
                unsafe UInt64(
                    littleEndian: $0.loadUnaligned(fromByteOffset: offset, as: UInt64.self)
                )
            }
        }
        var word: UInt64 = 0
        var index = count - 1
        while index >= offset {
            word = word << 8 | UInt64(self[index])
            index -= 1
        }
        return word
    }
}

extension LengthClass {
    /// Finds the next sampled place of `text`, from `start` on, whose q-gram may be a needle's.
    ///
    /// - Parameters:
    ///   - text: any bytes.
    ///   - start: a multiple of `step`.
    /// - Returns: a multiple of `step`; `text.count` when there is none.
    @inline(never)
    func nextCandidate(in text: Span<UInt8>, from start: Int) -> Int {
        let step = step
        let shift = 64 - bitCount
        let keyMask = keyMask
        var place = start
        unsafe text.withUnsafeBytes { bytes in
            unsafe bitmap.withUnsafeBufferPointer { bitmap in
                @inline(__always)
                func hit(_ place: Int) -> UInt64 {
                    let word = unsafe bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    let bit = LengthClass.hash(UInt64(littleEndian: word) & keyMask) &>> shift
                    return unsafe bitmap[Int(truncatingIfNeeded: bit &>> 6)] &>> (bit & 63) & 1
                }
                // Four places at once, while each has a whole word to load.
                let last = bytes.count - 8 - 3 * step
                while place <= last {
                    let hits =
                        hit(place) | hit(place + step) | hit(place + 2 * step)
                        | hit(place + 3 * step)
                    if hits != 0 { break }
                    place += 4 * step
                }
                while place <= bytes.count - 8, hit(place) == 0 { place += step }
            }
        }
        // The last bytes, which have no whole word.
        while place > text.count - 8, place <= text.count - gramCount {
            if mayContain(text.word(at: place) & keyMask) { return place }
            place += step
        }
        return place <= text.count - 8 ? place : text.count
    }
}

extension NeedleAutomaton {
    /// Goes on over a text, up to a needle's end that is not simply more of the mask, or to the text's.
    @inline(never)
    func run(_ cursor: inout Cursor, over text: Span<UInt8>) {
        let (shift, linksStart) = (Int(rowShift), linksStart)
        var (place, state) = (cursor.place, cursor.state)
        cursor.isAtEnding = false
        region.withBytes(0..<region.byteCount) { memory in
            unsafe memory.withUnsafeBytes { tables in
                @inline(__always)
                func word(_ place: Int) -> UInt32 {
                    unsafe tables.loadUnaligned(fromByteOffset: place, as: UInt32.self)
                }
                unsafe text.withUnsafeBytes { bytes in
                    while place < bytes.count {
                        let kind = unsafe Int(
                            tables.loadUnaligned(
                                fromByteOffset: 2 * Int(bytes[place]),
                                as: UInt16.self
                            )
                        )
                        while true {
                            let number = Int(state & Self.numberMask)
                            if state & Self.linkFlag == 0 {
                                let row = number &<< shift
                                state = word(Self.rowsStart &+ 4 &* (row &+ kind))
                                break
                            }
                            let link = linksStart &+ Self.linkByteCount &* number
                            if word(link) == UInt32(truncatingIfNeeded: kind) {
                                state = word(link &+ 4)
                                break
                            }
                            state = word(link &+ 8)
                        }
                        place += 1
                        if state & Self.endingFlag != 0, !takesIn(state, place, &cursor) {
                            cursor.isAtEnding = true
                            break
                        }
                    }
                }
            }
        }
        (cursor.place, cursor.state) = (place, state)
    }

    /// Whether the needle that ends here is simply more of the mask.
    @inline(__always)
    private func takesIn(_ state: UInt32, _ place: Int, _ cursor: inout Cursor) -> Bool {
        let start = place - Int(endingCounts[number(of: state)])
        if start < cursor.maskStart || start > cursor.maskEnd { return false }
        if start == cursor.maskStart { cursor.named = state }
        cursor.maskEnd = place
        return true
    }
}

/// The first place, from `start` on, where `MaskCommandReader.command` stands.
func firstMaskCommand(in text: Span<UInt8>, from start: Int) -> Int? {
    var place = start
    unsafe text.withUnsafeBytes { bytes in
        let (dash, colon) = (SIMD16<UInt8>(repeating: 0x2D), SIMD16<UInt8>(repeating: 0x3A))
        // A lane of 0 where two of the command's bytes, `-` and its last but one `:`, are in place.
        @inline(__always)
        func differences(_ place: Int) -> SIMD16<UInt8> {
            let five = unsafe bytes.loadUnaligned(fromByteOffset: place + 5, as: SIMD16<UInt8>.self)
            let ten = unsafe bytes.loadUnaligned(fromByteOffset: place + 10, as: SIMD16<UInt8>.self)
            return (five ^ dash) | (ten ^ colon)
        }
        while place + 64 + MaskCommandReader.command.count <= bytes.count {
            let one = pointwiseMin(differences(place), differences(place + 16))
            let other = pointwiseMin(differences(place + 32), differences(place + 48))
            if hasZeroLane(pointwiseMin(one, other)),
                let found = firstMaskCommand(in: text, place..<place + 64)
            {
                place = found
                return
            }
            place += 64
        }
        let end = max(place, bytes.count - MaskCommandReader.command.count + 1)
        place = firstMaskCommand(in: text, place..<end) ?? bytes.count
    }
    return place < text.count ? place : nil
}

private func firstMaskCommand(in text: Span<UInt8>, _ places: Range<Int>) -> Int? {
    let command = MaskCommandReader.command
    return places.first { place in
        text[place] == command[0]
            && commonPrefixCount(text.extracting(place...), command.span) == command.count
    }
}

@inline(__always)
private func hasZeroLane(_ lanes: SIMD16<UInt8>) -> Bool {
    let words = unsafe unsafeBitCast(lanes, to: SIMD2<UInt64>.self)
    let (ones, highs) = (
        SIMD2<UInt64>(repeating: 0x0101_0101_0101_0101), UInt64(0x8080_8080_8080_8080)
    )
    let zeros = (words &- ones) & ~words
    return (zeros[0] | zeros[1]) & highs != 0
}

/// How many line feeds there are.
func countOfLineFeeds(in text: Span<UInt8>) -> Int {
    unsafe text.withUnsafeBytes { bytes in
        var count = 0
        var place = 0
        let (feed, one) = (SIMD16<UInt8>(repeating: 0x0A), SIMD16<UInt8>(repeating: 1))
        while place + 16 <= bytes.count {
            // At most 255 rounds, so that no lane overflows.
            let end = min(bytes.count - 16, place + 16 * 254)
            var lanes = SIMD16<UInt8>()
            while place <= end {
                let text = unsafe bytes.loadUnaligned(fromByteOffset: place, as: SIMD16<UInt8>.self)
                lanes &+= SIMD16<UInt8>().replacing(with: one, where: text .== feed)
                place += 16
            }
            count += (0..<16).reduce(0) { $0 + Int(lanes[$1]) }
        }
        while place < bytes.count {
            count += unsafe bytes[place] == 0x0A ? 1 : 0
            place += 1
        }
        return count
    }
}

extension CredentialShapes {
    /// The next place, from `start` on, whose three bytes may begin a trigger.
    func nextTrigger(in text: Span<UInt8>, from start: Int) -> Int? {
        var place = start
        unsafe text.withUnsafeBytes { bytes in
            unsafe bitmap.withUnsafeBufferPointer { bitmap in
                @inline(__always)
                func hit(_ key: UInt32) -> UInt64 {
                    let bit = Self.hash(key & 0xFF_FFFF)
                    return unsafe bitmap[bit &>> 6] &>> UInt64(bit & 63) & 1
                }
                // Six places of one word at once.
                while place + 8 <= bytes.count {
                    let word = unsafe UInt64(
                        littleEndian: bytes.loadUnaligned(fromByteOffset: place, as: UInt64.self)
                    )
                    let low = UInt32(truncatingIfNeeded: word)
                    let high = UInt32(truncatingIfNeeded: word &>> 32)
                    let middle = UInt32(truncatingIfNeeded: word &>> 16)
                    let hits =
                        hit(low) | hit(low &>> 8) | hit(middle)
                        | hit(UInt32(truncatingIfNeeded: word &>> 24)) | hit(high) | hit(high &>> 8)
                    if hits != 0 { break }
                    place += 6
                }
                while place + 3 <= bytes.count {
                    let key =
                        unsafe UInt32(bytes[place]) | UInt32(bytes[place + 1]) &<< 8
                        | UInt32(bytes[place + 2]) &<< 16
                    if hit(key) != 0 { return }
                    place += 1
                }
                place = bytes.count
            }
        }
        return place < text.count ? place : nil
    }
}
