// SPDX-License-Identifier: Apache-2.0

/// A JSON document in memory.
///
/// A number keeps its text, so that large integers and decimals survive unchanged. Objects are
/// unordered; they are written with sorted keys, as `kubectl` prints them.
package enum JSONValue: Sendable, Hashable {
    case null
    case bool(Bool)
    case number(String)
    case string(String)
    case array([JSONValue])
    case object([String: JSONValue])
}

extension JSONValue {
    /// An integer as a JSON number.
    package static func integer(_ value: some BinaryInteger) -> JSONValue {
        .number(String(value))
    }

    /// The member of that name; `nil` when this is no object or has no such member.
    package subscript(_ name: String) -> JSONValue? {
        if case .object(let members) = self { members[name] } else { nil }
    }

    /// The text of a string; `nil` for everything else.
    package var string: String? {
        if case .string(let text) = self { text } else { nil }
    }

    /// The elements of an array; `nil` for everything else.
    package var array: [JSONValue]? {
        if case .array(let elements) = self { elements } else { nil }
    }

    /// The members of an object; `nil` for everything else.
    package var object: [String: JSONValue]? {
        if case .object(let members) = self { members } else { nil }
    }
}
