// SPDX-License-Identifier: Apache-2.0
internal import Platform

/// The first place of `byte` within a part of a text.
func firstByte(_ byte: UInt8, in text: Span<UInt8>, _ range: Range<Int>) -> Int? {
    ByteSearch.first(byte, in: text.extracting(range), from: 0).map { range.lowerBound + $0 }
}
