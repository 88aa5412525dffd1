// SPDX-License-Identifier: Apache-2.0
import Cryptography
import Platform

/// The form of the records inside the encrypted box. Numbers are big-endian, texts UTF-8, names and keys in
/// the order of their bytes:
///
///     4 number of names, then of each:  2 length, name; 8 version; 8 nanoseconds since 1970;
///                                       4 number of keys, then of each: 2 length, key; 4 length, value
extension StoreRecords {
    /// Writes the records into locked memory.
    ///
    /// - Throws: `LocalStoreError.refused` when they are more than the store takes.
    func encode() throws(LocalStoreError) -> LockedBytes {
        let byteCount = encodedByteCount
        if byteCount > Self.byteLimit {
            throw .refused(
                "the store would hold \(byteCount) bytes, and takes at most \(Self.byteLimit)"
            )
        }
        do {
            return try encode(byteCount: byteCount)
        } catch {
            throw .cryptography(error)
        }
    }

    private var encodedByteCount: Int {
        records.reduce(4) { sum, entry in
            entry.value.values.reduce(sum + 22 + entry.key.utf8.count) { sum, value in
                sum + 6 + value.key.utf8.count + value.value.byteCount
            }
        }
    }

    private func encode(byteCount: Int) throws(CryptographyError) -> LockedBytes {
        var writer = try LockedWriter(capacity: byteCount)
        try writer.append(bigEndian: UInt32(records.count))
        for name in names {
            guard let record = records[name] else { continue }
            try writer.append(text: name)
            try writer.append(bigEndian: UInt64(record.version))
            try writer.append(bigEndian: record.changed.nanoseconds)
            try writer.append(bigEndian: UInt32(record.values.count))
            for key in record.values.keys.sortedByBytes {
                guard let value = record.values[key] else { continue }
                try writer.append(text: key)
                try writer.append(bigEndian: UInt32(value.byteCount))
                try value.withBytes { bytes throws(CryptographyError) in try writer.append(bytes) }
            }
        }
        return writer.finish()
    }

    /// Reads what `encode` wrote; values become parts of `block`.
    ///
    /// - Returns: `nil` when the bytes are not of that form.
    static func decode(_ block: SharedLockedBytes) -> StoreRecords? {
        var cursor = RecordCursor(block)
        guard let count = cursor.number(UInt32.self) else { return nil }
        var records = StoreRecords()
        for _ in 0..<count {
            guard let name = cursor.text(), let record = cursor.record(),
                records.adopt(record, name) == nil
            else { return nil }
        }
        return cursor.isAtEnd ? records : nil
    }
}

extension LockedWriter {
    fileprivate mutating func append<Number: FixedWidthInteger>(
        bigEndian number: Number
    ) throws(CryptographyError) {
        for shift in stride(from: Number.bitWidth - 8, through: 0, by: -8) {
            try append(UInt8(truncatingIfNeeded: number >> Number(shift)))
        }
    }

    fileprivate mutating func append(text: String) throws(CryptographyError) {
        let bytes = Array(text.utf8)
        try append(bigEndian: UInt16(bytes.count))
        try append(bytes.span)
    }
}
