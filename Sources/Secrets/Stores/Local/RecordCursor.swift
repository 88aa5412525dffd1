// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// Walks over encoded records; every step is `nil` when the bytes end too early.
struct RecordCursor {
    private let block: SharedLockedBytes
    private var offset = 0

    init(_ block: SharedLockedBytes) {
        self.block = block
    }

    var isAtEnd: Bool { offset == block.bytes.count }

    mutating func number<Number: FixedWidthInteger>(_ type: Number.Type) -> Number? {
        guard let range = take(Number.bitWidth / 8) else { return nil }
        return block.bytes.withBytes { bytes in
            range.reduce(0) { $0 << 8 | Number(truncatingIfNeeded: bytes[$1]) }
        }
    }

    mutating func text() -> String? {
        guard let length = number(UInt16.self), let range = take(Int(length)) else { return nil }
        let utf8 = block.bytes.withBytes { bytes in range.map { bytes[$0] } }
        return String(validating: utf8, as: UTF8.self)
    }

    mutating func record() -> StoreRecords.Record? {
        guard let version = number(UInt64.self), let nanoseconds = number(Int64.self),
            let count = number(UInt32.self)
        else { return nil }
        var values: [String: StoreValue] = [:]
        for _ in 0..<count {
            guard let key = text(), let length = number(UInt32.self),
                let range = take(Int(length)),
                values.updateValue(StoreValue(block, range), forKey: key) == nil
            else { return nil }
        }
        return StoreRecords.Record(
            version: Int(clamping: version),
            changed: Timestamp(nanoseconds: nanoseconds),
            values: values
        )
    }

    private mutating func take(_ byteCount: Int) -> Range<Int>? {
        if byteCount > block.bytes.count - offset { return nil }
        defer { offset += byteCount }
        return offset..<offset + byteCount
    }
}
