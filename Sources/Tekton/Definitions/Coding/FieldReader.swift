// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The members of a JSON object, taken out one by one.
///
/// The overloads of `take` follow the type that is asked for. A member that is absent, `null`, or of
/// another type reads as the zero value: the schema has already refused wrong types.
package struct FieldReader {
    private var members: [String: JSONValue]

    package init(_ members: [String: JSONValue]) {
        self.members = members
    }

    /// What has not been taken, without nulls.
    package func rest() -> [String: JSONValue] {
        members.filter { $0.value != .null }
    }

    /// Removes members that are written in another way.
    package mutating func drop(_ names: String...) {
        for name in names { members[name] = nil }
    }

    /// Whether there is a member of that name that is not null.
    package func has(_ name: String) -> Bool {
        members[name].map { $0 != .null } ?? false
    }

    package mutating func take(_ name: String) -> JSONValue? {
        let value = members.removeValue(forKey: name)
        return value == .null ? nil : value
    }

    package mutating func take(_ name: String) -> String? { take(name)?.string }

    package mutating func take(_ name: String) -> String { take(name) ?? "" }

    package mutating func take(_ name: String) -> Bool? {
        if case .bool(let value) = take(name) as JSONValue? { value } else { nil }
    }

    package mutating func take(_ name: String) -> Bool { take(name) ?? false }

    package mutating func take(_ name: String) -> Int64? {
        if case .number(let text) = take(name) as JSONValue? { Int64(text) } else { nil }
    }

    package mutating func take(_ name: String) -> Int64 { take(name) ?? 0 }

    package mutating func take(_ name: String) -> [Int64] {
        take(name).map { (value: JSONValue) in
            if case .number(let text) = value { Int64(text) ?? 0 } else { 0 }
        }
    }

    package mutating func take(_ name: String) -> [String] {
        take(name).map { (value: JSONValue) in value.string ?? "" }
    }

    package mutating func take(_ name: String) -> [JSONValue] { take(name)?.array ?? [] }

    package mutating func take(_ name: String) -> [String: JSONValue]? { take(name)?.object }

    package mutating func take(_ name: String) -> [String: JSONValue] { take(name) ?? [:] }

    package mutating func take(_ name: String) -> [String: String] {
        take(name).mapValues { (value: JSONValue) in value.string ?? "" }
    }

    package mutating func take(_ name: String) -> GoDuration? {
        (take(name) as String?).flatMap { GoDuration(parsing: $0) }
    }

    package mutating func take(_ name: String) -> ParamType? {
        let text: String = take(name)
        return text.isEmpty ? nil : ParamType(rawValue: text)
    }

    package mutating func take(_ name: String) -> ParamValue? {
        (take(name) as JSONValue?).map { ParamValue(json: $0) }
    }

    package mutating func take(_ name: String) -> ParamValue { take(name) ?? .string("") }

    package mutating func take<Value: FieldCoded>(_ name: String) -> Value? {
        (take(name) as JSONValue?).map { Value(json: $0) }
    }

    package mutating func take<Value: FieldCoded>(_ name: String) -> Value {
        Value(json: take(name) ?? .object([:]))
    }

    package mutating func take<Value: FieldCoded>(_ name: String) -> [Value]? {
        (take(name) as JSONValue?)?.array?.map { Value(json: $0) }
    }

    package mutating func take<Value: FieldCoded>(_ name: String) -> [Value] { take(name) ?? [] }

    package mutating func take<Value: FieldCoded>(_ name: String) -> [String: Value]? {
        (take(name) as [String: JSONValue]?)?.mapValues { Value(json: $0) }
    }
}
