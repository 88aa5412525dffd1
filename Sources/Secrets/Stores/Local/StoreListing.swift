// SPDX-License-Identifier: Apache-2.0
package import Platform

/// What may be shown of a store: everything but the values.
package struct StoreListing: Sendable, Hashable {
    /// One key of a name.
    package struct Key: Sendable, Hashable {
        package var name: String
        /// Of its value.
        package var byteCount: Int
    }

    package var name: String
    /// Counts the changes, from 1.
    package var version: Int
    /// When it was last changed.
    package var changed: Timestamp
    /// In the order of their names.
    package var keys: [Key]

    /// The records in the order of their names.
    package static func all(of records: StoreRecords) -> [StoreListing] {
        records.names.compactMap { name in
            guard let record = records[name] else { return nil }
            let keys = record.values.keys.sortedByBytes.map { key in
                Key(name: key, byteCount: record.values[key]?.byteCount ?? 0)
            }
            return StoreListing(
                name: name,
                version: record.version,
                changed: record.changed,
                keys: keys
            )
        }
    }
}
