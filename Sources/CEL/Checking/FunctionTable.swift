// SPDX-License-Identifier: Apache-2.0

/// The functions of the standard library, with what they take and give.
enum FunctionTable {
    struct Overload: Sendable {
        /// Whether it is written behind its first argument: `text.size()`.
        var isMember: Bool
        var arguments: [CELType]
        var result: CELType
    }

    /// All overloads, by cel-go's name of the function.
    static let overloads: [String: [Overload]] = {
        var table = operators
        table.merge(conversions) { $1 }
        table.merge(members) { $1 }
        return table
    }()

    private static let a = CELType.variable("A")
    private static let b = CELType.variable("B")
    private static let listOfA = CELType.list(a)
    private static let mapOfAB = CELType.map(a, b)

    private static func function(_ arguments: CELType..., gives result: CELType) -> Overload {
        Overload(isMember: false, arguments: arguments, result: result)
    }

    private static func member(_ arguments: CELType..., gives result: CELType) -> Overload {
        Overload(isMember: true, arguments: arguments, result: result)
    }

    private static func same(_ types: CELType...) -> [Overload] {
        types.map { function($0, $0, gives: $0) }
    }

    private static let comparison: [Overload] =
        ([.bool, .int, .uint, .double, .string, .bytes, .timestamp, .duration] as [CELType])
        .map { function($0, $0, gives: .bool) }

    private static let operators: [String: [Overload]] = [
        "_?_:_": [function(.bool, a, a, gives: a)],
        "!_": [function(.bool, gives: .bool)],
        "_==_": [function(a, a, gives: .bool)],
        "_!=_": [function(a, a, gives: .bool)],
        "_<_": comparison, "_<=_": comparison, "_>_": comparison, "_>=_": comparison,
        "_+_": same(.bytes, .double, .duration) + [
            function(.duration, .timestamp, gives: .timestamp),
            function(.timestamp, .duration, gives: .timestamp),
        ] + same(.int, listOfA, .string, .uint),
        "_-_": same(.double, .duration, .int) + [
            function(.timestamp, .duration, gives: .timestamp),
            function(.timestamp, .timestamp, gives: .duration),
        ] + same(.uint),
        "_*_": same(.double, .int, .uint),
        "_/_": same(.double, .int, .uint),
        "_%_": same(.int, .uint),
        "-_": [function(.double, gives: .double), function(.int, gives: .int)],
        "_[_]": [function(listOfA, .int, gives: a), function(mapOfAB, a, gives: b)],
        "@in": [function(a, listOfA, gives: .bool), function(a, mapOfAB, gives: .bool)],
    ]

    private static func from(_ types: CELType..., to result: CELType) -> [Overload] {
        types.map { function($0, gives: result) }
    }

    private static let conversions: [String: [Overload]] = [
        "bool": from(.bool, .string, to: .bool),
        "bytes": from(.bytes, .string, to: .bytes),
        "double": from(.double, .int, .string, .uint, to: .double),
        "duration": from(.duration, .string, to: .duration),
        "dyn": [function(a, gives: .dynamic)],
        "int": from(.int, .double, .duration, .string, .timestamp, .uint, to: .int),
        "string": from(
            .string,
            .bool,
            .bytes,
            .double,
            .duration,
            .int,
            .timestamp,
            .uint,
            to: .string
        ),
        "timestamp": from(.timestamp, .int, .string, to: .timestamp),
        "type": [function(a, gives: .type(a))],
        "uint": from(.uint, .double, .int, .string, to: .uint),
    ]

    private static let ofTime: [Overload] = [
        member(.timestamp, gives: .int), member(.timestamp, .string, gives: .int),
    ]

    private static let ofDuration: [Overload] = ofTime + [member(.duration, gives: .int)]

    private static let members: [String: [Overload]] = [
        "size": ([.bytes, listOfA, mapOfAB, .string] as [CELType]).flatMap {
            [function($0, gives: .int), member($0, gives: .int)]
        },
        "contains": [member(.string, .string, gives: .bool)],
        "endsWith": [member(.string, .string, gives: .bool)],
        "startsWith": [member(.string, .string, gives: .bool)],
        "matches": [
            function(.string, .string, gives: .bool), member(.string, .string, gives: .bool),
        ],
        "getFullYear": ofTime, "getMonth": ofTime, "getDayOfYear": ofTime, "getDayOfMonth": ofTime,
        "getDate": ofTime, "getDayOfWeek": ofTime, "getHours": ofDuration, "getMinutes": ofDuration,
        "getSeconds": ofDuration, "getMilliseconds": ofDuration,
    ]
}
