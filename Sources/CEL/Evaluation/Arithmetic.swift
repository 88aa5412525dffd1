// SPDX-License-Identifier: Apache-2.0

/// The operators on numbers, durations and moments, each refusing what does not fit into its type.
enum Arithmetic {
    private static let intOverflow = CELError("integer overflow")
    private static let uintOverflow = CELError("unsigned integer overflow")
    private static let durationOverflow = CELError("duration overflow")

    private static func checked<Value>(
        _ result: (partialValue: Value, overflow: Bool),
        _ error: CELError
    ) throws(CELError) -> Value {
        if result.overflow { throw error }
        return result.partialValue
    }

    static func add(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try checked(left.addingReportingOverflow(right), intOverflow))
        case (.uint(let left), .uint(let right)):
            return .uint(try checked(left.addingReportingOverflow(right), uintOverflow))
        case (.double(let left), .double(let right)): return .double(left + right)
        case (.duration(let left), .duration(let right)):
            return .duration(try checked(left.addingReportingOverflow(right), durationOverflow))
        case (.duration(let duration), .timestamp(let moment)),
            (.timestamp(let moment), .duration(let duration)):
            return .timestamp(try moment.adding(duration))
        default: throw .noSuchOverload
        }
    }

    /// Two strings, bytes or lists as one.
    static func join(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.string(let left), .string(let right)): return .string(left + right)
        case (.bytes(let left), .bytes(let right)): return .bytes(left + right)
        case (.list(let left), .list(let right)): return .list(left + right)
        default: throw .noSuchOverload
        }
    }

    static func subtract(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try checked(left.subtractingReportingOverflow(right), intOverflow))
        case (.uint(let left), .uint(let right)):
            return .uint(try checked(left.subtractingReportingOverflow(right), uintOverflow))
        case (.double(let left), .double(let right)): return .double(left - right)
        case (.duration(let left), .duration(let right)):
            return .duration(
                try checked(left.subtractingReportingOverflow(right), durationOverflow)
            )
        case (.timestamp(let moment), .duration(let duration)):
            guard duration != .min else { throw durationOverflow }
            return .timestamp(try moment.adding(-duration))
        case (.timestamp(let left), .timestamp(let right)):
            guard let difference = left.since(right) else { throw durationOverflow }
            return .duration(difference)
        default: throw .noSuchOverload
        }
    }

    static func multiply(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.int(let left), .int(let right)):
            return .int(try checked(left.multipliedReportingOverflow(by: right), intOverflow))
        case (.uint(let left), .uint(let right)):
            return .uint(try checked(left.multipliedReportingOverflow(by: right), uintOverflow))
        case (.double(let left), .double(let right)): return .double(left * right)
        default: throw .noSuchOverload
        }
    }

    static func divide(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): throw CELError("division by zero")
        case (.int(let left), .int(let right)):
            return .int(try checked(left.dividedReportingOverflow(by: right), intOverflow))
        case (.uint(let left), .uint(let right)): return .uint(left / right)
        case (.double(let left), .double(let right)): return .double(left / right)
        default: throw .noSuchOverload
        }
    }

    static func remainder(_ left: CELValue, _ right: CELValue) throws(CELError) -> CELValue {
        switch (left, right) {
        case (.int, .int(0)), (.uint, .uint(0)): throw CELError("modulus by zero")
        case (.int(let left), .int(let right)):
            return .int(
                try checked(left.remainderReportingOverflow(dividingBy: right), intOverflow)
            )
        case (.uint(let left), .uint(let right)): return .uint(left % right)
        default: throw .noSuchOverload
        }
    }

    static func negate(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .int(let value):
            return .int(try checked(Int64(0).subtractingReportingOverflow(value), intOverflow))
        case .double(let value): return .double(-value)
        default: throw .noSuchOverload
        }
    }
}
