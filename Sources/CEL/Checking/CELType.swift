// SPDX-License-Identifier: Apache-2.0

/// A type that the checker gives an expression.
indirect enum CELType: Sendable, Hashable {
    case dynamic
    case error
    case null
    case bool
    case bytes
    case double
    case int
    case string
    case uint
    case duration
    case timestamp
    case list(CELType)
    case map(CELType, CELType)
    /// The type of a type; `nil` where it is not known of which.
    case type(CELType?)
    /// A type still to be found, or any type that a function takes.
    case variable(String)

    /// As cel-go's checker names it in a message.
    var name: String {
        switch self {
        case .dynamic: "dyn"
        case .error: "!error!"
        case .null: "null"
        case .bool: "bool"
        case .bytes: "bytes"
        case .double: "double"
        case .int: "int"
        case .string: "string"
        case .uint: "uint"
        case .duration: "duration"
        case .timestamp: "timestamp"
        case .list(let element): "list(\(element.name))"
        case .map(let key, let value): "map(\(key.name), \(value.name))"
        case .type(let inner): inner.map { "type(\($0.name))" } ?? "type"
        case .variable(let name): name
        }
    }

    /// As the language names it: what `type(value)` is.
    var declaredName: String {
        switch self {
        case .null: "null_type"
        case .duration: "google.protobuf.Duration"
        case .timestamp: "google.protobuf.Timestamp"
        case .list: "list"
        case .map: "map"
        case .type: "type"
        default: name
        }
    }

    var isDynamicOrError: Bool { self == .dynamic || self == .error }

    var isVariable: Bool {
        if case .variable = self { return true }
        return false
    }

    var parameters: [CELType] {
        switch self {
        case .list(let element): [element]
        case .map(let key, let value): [key, value]
        case .type(let inner): inner.map { [$0] } ?? []
        default: []
        }
    }

    /// The types that have a name in every expression.
    static let named: [String: CELType] = Dictionary(
        uniqueKeysWithValues: [
            .bool, .bytes, .double, .duration, .int, .list(.dynamic), .map(.dynamic, .dynamic),
            .null,
            .string, .timestamp, .type(nil), .uint,
        ].map { (type: CELType) in (type.declaredName, type) }
    )
}
