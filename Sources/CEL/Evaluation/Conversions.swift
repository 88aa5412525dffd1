// SPDX-License-Identifier: Apache-2.0

/// The functions that make a value of one type from one of another.
enum Conversions {
    /// The converted value; nil where the function is none of these.
    static func apply(_ name: String, _ values: [CELValue]) throws(CELError) -> CELValue? {
        guard values.count == 1 else { return nil }
        let value = values[0]
        switch name {
        case "dyn": return value
        case "type": return .type(value.typeName)
        case "bool": return try bool(value)
        case "bytes": return try bytes(value)
        case "double": return try double(value)
        case "int": return try int(value)
        case "uint": return try uint(value)
        case "string": return try string(value)
        case "duration": return try duration(value)
        case "timestamp": return try timestamp(value)
        default: return nil
        }
    }

    private static func failure(_ value: CELValue, _ target: String) -> CELError {
        CELError("type conversion error from '\(value.typeName)' to '\(target)'")
    }

    private static func bool(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .bool: return value
        case .string(let text):
            if ["1", "t", "T", "TRUE", "true", "True"].contains(text) { return .bool(true) }
            if ["0", "f", "F", "FALSE", "false", "False"].contains(text) { return .bool(false) }
            throw failure(value, "bool")
        default: throw .noSuchOverload
        }
    }

    private static func bytes(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .bytes: return value
        case .string(let text): return .bytes(Array(text.utf8))
        default: throw .noSuchOverload
        }
    }

    private static func double(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .double: return value
        case .int(let value): return .double(Double(value))
        case .uint(let value): return .double(Double(value))
        case .string(let text):
            guard let number = GoNumberText.double(text) else { throw failure(value, "double") }
            return .double(number)
        default: throw .noSuchOverload
        }
    }

    private static func int(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .int: return value
        case .uint(let value):
            guard let number = Int64(exactly: value) else { throw CELError("integer overflow") }
            return .int(number)
        case .double(let value):
            guard value > -0x1p63, value < 0x1p63 else { throw CELError("integer overflow") }
            return .int(Int64(value))
        case .string(let text):
            guard let number = Int64(text) else { throw failure(value, "int") }
            return .int(number)
        case .timestamp(let moment): return .int(moment.seconds)
        case .duration(let nanoseconds): return .int(nanoseconds)
        default: throw .noSuchOverload
        }
    }

    private static func uint(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .uint: return value
        case .int(let value):
            guard let number = UInt64(exactly: value) else {
                throw CELError("unsigned integer overflow")
            }
            return .uint(number)
        case .double(let value):
            guard value >= 0, value < 0x1p64 else { throw CELError("unsigned integer overflow") }
            return .uint(UInt64(value))
        case .string(let text):
            guard !text.hasPrefix("+"), !text.hasPrefix("-"), let number = UInt64(text) else {
                throw failure(value, "uint")
            }
            return .uint(number)
        default: throw .noSuchOverload
        }
    }

    private static func string(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .string: return value
        case .bool, .int, .uint, .double: return .string(value.shown)
        case .bytes(let bytes):
            guard let text = String(validating: bytes, as: UTF8.self) else {
                throw CELError("invalid UTF-8 in bytes, cannot convert to string")
            }
            return .string(text)
        case .duration(let nanoseconds): return .string(DurationText.seconds(nanoseconds))
        case .timestamp(let moment): return .string(moment.text)
        default: throw .noSuchOverload
        }
    }

    private static func duration(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .duration: return value
        case .string(let text):
            guard let nanoseconds = DurationText.nanoseconds(text) else {
                throw failure(value, CELType.duration.declaredName)
            }
            return .duration(nanoseconds)
        default: throw .noSuchOverload
        }
    }

    private static func timestamp(_ value: CELValue) throws(CELError) -> CELValue {
        switch value {
        case .timestamp: return value
        case .int(let seconds): return .timestamp(try CELTimestamp(seconds: seconds))
        case .string(let text): return .timestamp(try CELTimestamp(text))
        default: throw .noSuchOverload
        }
    }
}
