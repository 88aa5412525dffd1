// SPDX-License-Identifier: Apache-2.0

extension CELValue {
    /// Whether two values are equal; numbers are compared by value, whatever their types.
    package func equals(_ other: CELValue) -> Bool {
        switch (self, other) {
        case (.null, .null): return true
        case (.bool(let left), .bool(let right)): return left == right
        case (.string(let left), .string(let right)): return left.utf8.elementsEqual(right.utf8)
        case (.bytes(let left), .bytes(let right)): return left == right
        case (.timestamp(let left), .timestamp(let right)): return left == right
        case (.duration(let left), .duration(let right)): return left == right
        case (.type(let left), .type(let right)): return left == right
        case (.list(let left), .list(let right)):
            return left.count == right.count && zip(left, right).allSatisfy { $0.equals($1) }
        case (.map(let left), .map(let right)):
            return left.count == right.count
                && zip(left.keys, left.values).allSatisfy { key, value in
                    right[key].map { value.equals($0) } ?? false
                }
        default: return isNumber && other.isNumber && number(comparedTo: other) == 0
        }
    }

    private var isNumber: Bool {
        switch self {
        case .int, .uint, .double: true
        default: false
        }
    }

    private var isNaN: Bool {
        if case .double(let value) = self { return value.isNaN }
        return false
    }

    /// -1, 0 or 1; nil where one is no number at all.
    private func number(comparedTo other: CELValue) -> Int? {
        switch (self, other) {
        case (.int(let left), .int(let right)): return Self.order(left, right)
        case (.uint(let left), .uint(let right)): return Self.order(left, right)
        case (.double(let left), .double(let right)):
            return left.isNaN || right.isNaN ? nil : Self.order(left, right)
        case (.int(let left), .uint(let right)):
            return left < 0 ? -1 : Self.order(UInt64(left), right)
        case (.uint, .int), (.int, .double), (.uint, .double):
            return other.number(comparedTo: self).map { -$0 }
        case (.double(let left), .int(let right)):
            if left.isNaN { return nil }
            if left < -0x1p63 { return -1 }
            if left > 0x1p63 { return 1 }
            return Self.order(left, Double(right))
        case (.double(let left), .uint(let right)):
            if left.isNaN { return nil }
            if left < 0 { return -1 }
            if left > 0x1p64 { return 1 }
            return Self.order(left, Double(right))
        default: return nil
        }
    }

    private static func order<Value: Comparable>(_ left: Value, _ right: Value) -> Int {
        left < right ? -1 : left == right ? 0 : 1
    }

    private static func order(_ left: some Sequence<UInt8>, _ right: some Sequence<UInt8>) -> Int {
        if left.lexicographicallyPrecedes(right) { return -1 }
        return left.elementsEqual(right) ? 0 : 1
    }

    /// -1, 0 or 1; nil for what is no number.
    ///
    /// - Throws: `CELError` where the two have no order.
    func order(_ other: CELValue) throws(CELError) -> Int? {
        if isNumber, other.isNumber {
            if isNaN || other.isNaN { return nil }
            return number(comparedTo: other)
        }
        switch (self, other) {
        case (.bool(let left), .bool(let right)):
            return Self.order(left ? 1 : 0, right ? 1 : 0)
        case (.string(let left), .string(let right)): return Self.order(left.utf8, right.utf8)
        case (.bytes(let left), .bytes(let right)): return Self.order(left, right)
        case (.timestamp(let left), .timestamp(let right)): return Self.order(left, right)
        case (.duration(let left), .duration(let right)): return Self.order(left, right)
        default: throw .noSuchOverload
        }
    }
}
