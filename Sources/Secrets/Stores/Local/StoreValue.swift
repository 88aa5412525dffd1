// SPDX-License-Identifier: Apache-2.0
package import Cryptography

/// A value of the store: a part of a locked block that it shares with others.
package struct StoreValue: Sendable {
    private let block: SharedLockedBytes
    private let range: Range<Int>

    /// Takes all of `bytes`.
    package init(_ bytes: consuming LockedBytes) {
        range = 0..<bytes.count
        block = SharedLockedBytes(bytes)
    }

    init(_ block: SharedLockedBytes, _ range: Range<Int>) {
        self.block = block
        self.range = range
    }

    /// How many bytes it has.
    package var byteCount: Int { range.count }

    /// The same bytes without one line feed at their end, or one carriage return and line feed.
    package func droppingTrailingNewline() -> StoreValue {
        let dropped = withBytes { bytes in
            guard bytes.count > 0, bytes[bytes.count - 1] == 0x0a else { return 0 }
            return bytes.count > 1 && bytes[bytes.count - 2] == 0x0d ? 2 : 1
        }
        return StoreValue(block, range.lowerBound..<range.upperBound - dropped)
    }

    /// The bytes in a block of their own.
    package func copy() throws(CryptographyError) -> LockedBytes {
        try withBytes { bytes throws(CryptographyError) in try LockedBytes(copying: bytes) }
    }

    /// Lends the bytes to `body`, which must not keep a copy outside locked memory.
    package func withBytes<Outcome: ~Copyable, Failure: Error>(
        _ body: (Span<UInt8>) throws(Failure) -> Outcome
    ) throws(Failure) -> Outcome {
        try block.bytes.withBytes { bytes throws(Failure) in
            try body(bytes.extracting(range))
        }
    }
}
