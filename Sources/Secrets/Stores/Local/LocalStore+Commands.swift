// SPDX-License-Identifier: Apache-2.0

/// What `tacit secret` does with the store.
extension LocalStore {
    /// A name, or a key of a name (`cicd/data/docker-registry#username`).
    package struct Address: Sendable, Hashable {
        /// What stands before the first `#`.
        package var name: String
        /// What stands after it; `nil` for the whole name.
        package var key: String?

        /// Reads `NAME` or `NAME#KEY`.
        package init(_ text: String) {
            let parts = text.split(separator: "#", maxSplits: 1, omittingEmptySubsequences: false)
            name = String(parts[0])
            key = parts.count > 1 ? String(parts[1]) : nil
        }
    }

    /// Sets keys of a name and keeps its others; the name's new version is returned.
    package func set(
        _ name: String,
        _ values: [String: StoreValue]
    ) throws(LocalStoreError) -> Int {
        var version = 0
        try edit { records, time throws(LocalStoreError) in
            try records.set(values, of: name, at: time)
            version = records[name]?.version ?? 0
        }
        return version
    }

    /// Sets all keys of all names, or none of them.
    package func set(_ records: [String: [String: StoreValue]]) throws(LocalStoreError) {
        try edit { stored, time throws(LocalStoreError) in
            for name in records.keys.sortedByBytes {
                try stored.set(records[name] ?? [:], of: name, at: time)
            }
        }
    }

    /// Removes all that is addressed, or nothing when one of it is not there.
    ///
    /// A name goes with its last key.
    package func delete(_ addresses: [Address]) throws(LocalStoreError) {
        // Without a store there is nothing to delete, and none is made for it.
        _ = try load()
        try edit { records, time throws(LocalStoreError) in
            for address in addresses {
                if let key = address.key {
                    try records.remove(key, of: address.name, at: time)
                } else {
                    try records.remove(address.name)
                }
            }
        }
    }

    /// What the store holds, without the values; nothing when there is no store yet.
    package func list() throws(LocalStoreError) -> [StoreListing] {
        do {
            return StoreListing.all(of: try load())
        } catch .missing {
            return []
        }
    }
}
