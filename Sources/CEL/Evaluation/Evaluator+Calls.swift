// SPDX-License-Identifier: Apache-2.0

extension Evaluator {
    /// The value of a function for values; the first is what it stands behind, if it does.
    mutating func apply(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue {
        switch (name, values.count) {
        case ("!_", 1):
            guard case .bool(let value) = values[0] else { throw .noSuchOverload }
            return .bool(!value)
        case ("_==_", 2): return .bool(try isEqual(values))
        case ("_!=_", 2): return .bool(try !isEqual(values))
        case ("_<_", 2): return .bool(try values[0].order(values[1]).map { $0 < 0 } ?? false)
        case ("_<=_", 2): return .bool(try values[0].order(values[1]).map { $0 <= 0 } ?? false)
        case ("_>_", 2): return .bool(try values[0].order(values[1]).map { $0 > 0 } ?? false)
        case ("_>=_", 2): return .bool(try values[0].order(values[1]).map { $0 >= 0 } ?? false)
        case ("_+_", 2): return try add(values[0], values[1])
        case ("_-_", 2): return try Arithmetic.subtract(values[0], values[1])
        case ("_*_", 2): return try Arithmetic.multiply(values[0], values[1])
        case ("_/_", 2): return try Arithmetic.divide(values[0], values[1])
        case ("_%_", 2): return try Arithmetic.remainder(values[0], values[1])
        case ("-_", 1): return try Arithmetic.negate(values[0])
        case ("_[_]", 2): return try index(values[0], values[1])
        case ("@in", 2): return .bool(try contains(values[1], values[0]))
        case ("size", 1): return try size(values[0])
        case ("contains", 2), ("endsWith", 2), ("startsWith", 2), ("matches", 2):
            return try text(name, values)
        default:
            if let converted = try Conversions.apply(name, values) { return converted }
            return try TimeFunctions.apply(name, values, zones)
        }
    }

    private mutating func isEqual(_ values: [CELValue]) throws(CELError) -> Bool {
        try spend(values[0].weight)
        return values[0].equals(values[1])
    }

    private mutating func add(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.string, .string), (.bytes, .bytes), (.list, .list):
            try spend(left.weight + right.weight)
            return try Arithmetic.join(left, right)
        default: return try Arithmetic.add(left, right)
        }
    }

    private func index(_ value: CELValue, _ index: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .list(let list):
            let place: Int? =
                switch index {
                case .int(let index): Int(exactly: index)
                case .uint(let index): Int(exactly: index)
                case .double(let index): Int(exactly: index)
                default: nil
                }
            guard let place else {
                switch index {
                case .uint, .double:
                    throw CELError("unsupported index value \(index.shown) in list")
                default: throw CELError("unsupported index type '\(index.typeName)' in list")
                }
            }
            guard list.indices.contains(place) else {
                throw CELError("index out of bounds: \(place)")
            }
            return list[place]
        case .map(let map):
            guard let found = map[index] else { throw CELError("no such key: \(index.shown)") }
            return found
        default: throw .noSuchOverload
        }
    }

    private mutating func contains(
        _ collection: CELValue,
        _ value: CELValue
    ) throws(CELError) -> Bool {
        switch collection {
        case .list(let list):
            try spend(list.count)
            return list.contains { $0.equals(value) }
        case .map(let map): return map[value] != nil
        default: throw .noSuchOverload
        }
    }

    private func size(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .string(let text): return .int(Int64(text.unicodeScalars.count))
        case .bytes(let bytes): return .int(Int64(bytes.count))
        case .list(let list): return .int(Int64(list.count))
        case .map(let map): return .int(Int64(map.count))
        default: throw .noSuchOverload
        }
    }

    private mutating func text(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue {
        guard case .string(let text) = values[0], case .string(let other) = values[1] else {
            throw .noSuchOverload
        }
        switch name {
        case "endsWith": return .bool(text.utf8.reversed().starts(with: other.utf8.reversed()))
        case "startsWith": return .bool(text.utf8.starts(with: other.utf8))
        case "contains":
            try spend(text.utf8.count)
            return .bool(ByteSearch.contains(Array(text.utf8), Array(other.utf8)))
        default:
            let expression = try RegularExpression(other)
            try spend(text.unicodeScalars.count * expression.size)
            return .bool(expression.matches(text))
        }
    }
}

extension CELValue {
    /// How much there is of it to join or to compare.
    var weight: Int {
        switch self {
        case .string(let text): text.utf8.count
        case .bytes(let bytes): bytes.count
        case .list(let list): list.count
        case .map(let map): map.count
        default: 1
        }
    }
}
