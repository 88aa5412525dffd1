// SPDX-License-Identifier: Apache-2.0
import Diagnostics
package import Platform

/// What a store file holds: names, each with keys and their values.
///
/// Values stay in the locked block that they were decrypted into; names and keys are no secrets.
package struct StoreRecords: Sendable {
    /// One name.
    package struct Record: Sendable {
        /// Counts its changes, from 1.
        package var version: Int
        /// When it was last changed.
        package var changed: Timestamp
        /// By key; not empty.
        package var values: [String: StoreValue]
    }

    /// Of names and keys, in bytes.
    package static let longestName = 1024
    /// Of all records together, so that two generations fit into the locked heap.
    package static let byteLimit = 1 << 20

    /// By name.
    package private(set) var records: [String: Record] = [:]

    package init() {}

    /// The names in the order of their bytes.
    package var names: [String] { records.keys.sortedByBytes }

    /// The record of a name.
    package subscript(_ name: String) -> Record? { records[name] }

    /// Sets keys of a name and leaves its other keys as they are.
    ///
    /// - Throws: `LocalStoreError.refused` for a name or key that the store does not take.
    package mutating func set(
        _ values: [String: StoreValue],
        of name: String,
        at time: Timestamp
    ) throws(LocalStoreError) {
        try Self.check(name, as: "name")
        for key in values.keys { try Self.check(key, as: "key") }
        var record = records[name] ?? Record(version: 0, changed: time, values: [:])
        record.values.merge(values) { _, new in new }
        record.version += 1
        record.changed = time
        records[name] = record
    }

    /// Removes a name.
    package mutating func remove(_ name: String) throws(LocalStoreError) {
        if records.removeValue(forKey: name) == nil { throw missing(name) }
    }

    /// Removes a key of a name, and the name with its last key.
    package mutating func remove(
        _ key: String,
        of name: String,
        at time: Timestamp
    ) throws(LocalStoreError) {
        guard var record = records[name] else { throw missing(name) }
        if record.values.removeValue(forKey: key) == nil { throw missing(key, of: name, record) }
        record.version += 1
        record.changed = time
        records[name] = record.values.isEmpty ? nil : record
    }

    private static func check(_ text: String, as what: String) throws(LocalStoreError) {
        if text.isEmpty { throw .refused("the \(what) is empty") }
        if text.utf8.count > longestName {
            throw .refused("the \(what) is longer than \(longestName) bytes")
        }
        if text.unicodeScalars.contains(where: { $0.value < 0x20 || $0.value == 0x7f }) {
            throw .refused("the \(what) holds a control character")
        }
        if what == "name", text.contains("#") {
            throw .refused("name `\(text)` holds `#`, which stands between a name and its key")
        }
    }
}

extension StoreRecords {
    /// Takes in a record as it was read.
    ///
    /// - Returns: the record that the name had before.
    mutating func adopt(_ record: Record, _ name: String) -> Record? {
        records.updateValue(record, forKey: name)
    }

    /// What to say of a name that is not there.
    func missing(_ name: String) -> LocalStoreError {
        .noSuchName(
            name,
            hint: NearMiss.hint(for: name, among: names)
                ?? "`tacit secret list` shows what there is"
        )
    }

    /// What to say of a key that is not there.
    func missing(_ key: String, of name: String, _ record: Record) -> LocalStoreError {
        let keys = record.values.keys.sortedByBytes
        let hint = NearMiss.hint(for: key, among: keys) ?? "it has \(keys.quotedList)"
        return .noSuchKey(name: name, key: key, hint: hint)
    }
}

extension Collection<String> {
    /// In the order of their UTF-8.
    var sortedByBytes: [String] { sorted { $0.utf8.lexicographicallyPrecedes($1.utf8) } }
}
