// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The members of a JSON object, put in one by one.
///
/// An empty value is left out unless `always` is set, as Go's `omitempty` does; an optional that is
/// set is written even when empty, as a pointer is.
package struct FieldWriter {
    package private(set) var members: [String: JSONValue] = [:]

    package init() {}

    package mutating func put(_ name: String, _ value: JSONValue?) {
        if let value { members[name] = value }
    }

    package mutating func put(_ name: String, _ value: String, always: Bool = false) {
        if always || !value.isEmpty { members[name] = .string(value) }
    }

    package mutating func put(_ name: String, _ value: String?) {
        if let value { members[name] = .string(value) }
    }

    package mutating func put(_ name: String, _ value: Bool) {
        if value { members[name] = .bool(true) }
    }

    package mutating func put(_ name: String, _ value: Bool?) {
        if let value { members[name] = .bool(value) }
    }

    package mutating func put(_ name: String, _ value: Int64) {
        if value != 0 { members[name] = .integer(value) }
    }

    package mutating func put(_ name: String, _ value: Int64?) {
        if let value { members[name] = .integer(value) }
    }

    package mutating func put(_ name: String, _ value: [Int64]) {
        put(name, value.map { JSONValue.integer($0) })
    }

    package mutating func put(_ name: String, _ value: [String]) {
        put(name, value.map { JSONValue.string($0) })
    }

    package mutating func put(_ name: String, _ value: [JSONValue], always: Bool = false) {
        if always || !value.isEmpty { members[name] = .array(value) }
    }

    package mutating func put(_ name: String, _ value: [String: JSONValue], always: Bool = false) {
        if always || !value.isEmpty { members[name] = .object(value) }
    }

    package mutating func put(_ name: String, _ value: [String: JSONValue]?) {
        if let value { members[name] = .object(value) }
    }

    package mutating func put(_ name: String, _ value: [String: String]) {
        put(name, value.mapValues { JSONValue.string($0) })
    }

    package mutating func put(_ name: String, _ value: GoDuration?) {
        if let value { members[name] = .string(value.description) }
    }

    package mutating func put(_ name: String, _ value: ParamType?) {
        if let value { members[name] = .string(value.rawValue) }
    }

    package mutating func put(_ name: String, _ value: ParamValue, always: Bool) {
        members[name] = value.json
    }

    package mutating func put(_ name: String, _ value: ParamValue?) {
        if let value { members[name] = value.json }
    }

    package mutating func put<Value: FieldCoded>(_ name: String, _ value: Value, always: Bool) {
        members[name] = value.json
    }

    package mutating func put<Value: FieldCoded>(_ name: String, _ value: Value?) {
        if let value { members[name] = value.json }
    }

    package mutating func put<Value: FieldCoded>(
        _ name: String,
        _ value: [Value],
        always: Bool = false
    ) {
        put(name, value.map(\.json), always: always)
    }

    package mutating func put<Value: FieldCoded>(_ name: String, _ value: [Value]?) {
        put(name, value ?? [])
    }

    package mutating func put<Value: FieldCoded>(_ name: String, _ value: [String: Value]?) {
        if let value, !value.isEmpty { members[name] = .object(value.mapValues(\.json)) }
    }

    /// Adds members that were kept as written; what is already there stays.
    package mutating func merge(_ others: [String: JSONValue]) {
        members.merge(others) { known, _ in known }
    }
}
