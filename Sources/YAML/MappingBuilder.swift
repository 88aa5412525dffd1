// SPDX-License-Identifier: Apache-2.0
import Diagnostics

/// Collects the entries of one mapping: finds duplicates and carries out merges.
struct MappingBuilder {
    private(set) var entries: [YAMLNode.Entry] = []
    /// Where each name stands in `entries`.
    private var positions: [String: Int] = [:]
    /// The names that came by a merge; the mapping's own key replaces them.
    private var merged: Set<String> = []

    /// Adds an entry of the mapping's own.
    ///
    /// - Returns: the earlier key of the same name, if there is one; the entry is then left out.
    mutating func add(_ key: YAMLNode, name: String, _ value: YAMLNode) -> YAMLNode? {
        let entry = YAMLNode.Entry(key: key, value: value)
        guard let position = positions[name] else {
            positions[name] = entries.count
            entries.append(entry)
            return nil
        }
        if merged.remove(name) == nil { return entries[position].key }
        entries[position] = entry
        return nil
    }

    /// Takes over every entry of `mapping`.
    ///
    /// As in go-yaml, the merge happens where it is written: it replaces keys that stand before it, and is
    /// replaced by those that follow.
    mutating func merge(_ mapping: [YAMLNode.Entry]) {
        for entry in mapping {
            let name = entry.name
            if let position = positions[name] {
                entries[position].value = entry.value
            } else {
                positions[name] = entries.count
                merged.insert(name)
                entries.append(entry)
            }
        }
    }
}
