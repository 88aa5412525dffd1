// SPDX-License-Identifier: Apache-2.0

/// A map, in the order in which it was written.
package struct CELMap: Sendable {
    package private(set) var keys: [CELValue] = []
    package private(set) var values: [CELValue] = []
    private var places: [Key: Int] = [:]

    package init() {}

    /// A key as it is found again: numbers of equal value are one key, whatever their type.
    private enum Key: Hashable, Sendable {
        case bool(Bool)
        case int(Int64)
        case uint(UInt64)
        case double(Double)
        case text([UInt8])

        init?(_ value: CELValue) {
            switch value {
            case .bool(let value): self = .bool(value)
            case .int(let value): self = .int(value)
            case .uint(let value): self = Int64(exactly: value).map { .int($0) } ?? .uint(value)
            case .double(let value):
                self =
                    Int64(exactly: value).map { .int($0) } ?? UInt64(exactly: value).map {
                        .uint($0)
                    }
                    ?? .double(value)
            case .string(let value): self = .text(Array(value.utf8))
            default: return nil
            }
        }
    }

    package var count: Int { keys.count }

    subscript(_ key: CELValue) -> CELValue? {
        Key(key).flatMap { places[$0] }.map { values[$0] }
    }

    /// Adds an entry.
    mutating func add(_ value: CELValue, for key: CELValue) throws(CELError) {
        guard let place = Key(key) else {
            throw CELError("unsupported key type: \(key.typeName)")
        }
        guard places[place] == nil else { throw CELError("Failed with repeated key: \(key.shown)") }
        places[place] = keys.count
        keys.append(key)
        values.append(value)
    }
}
