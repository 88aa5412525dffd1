// SPDX-License-Identifier: Apache-2.0
package import JSON

/// The value of a parameter or result.
package enum ParamValue: Sendable, Hashable {
    case string(String)
    case array([String])
    case object([String: String])

    package var type: ParamType {
        switch self {
        case .string: .string
        case .array: .array
        case .object: .object
        }
    }

    /// The text of a string; empty for an array or object, as in Tekton's own type.
    package var stringValue: String {
        if case .string(let text) = self { text } else { "" }
    }

    /// The elements of an array; empty for a string or object.
    package var arrayValue: [String] {
        if case .array(let elements) = self { elements } else { [] }
    }

    /// The members of an object; empty for a string or array.
    package var objectValue: [String: String] {
        if case .object(let members) = self { members } else { [:] }
    }

    package var json: JSONValue {
        switch self {
        case .string(let text): .string(text)
        case .array(let elements): .array(elements.map { .string($0) })
        case .object(let members): .object(members.mapValues { .string($0) })
        }
    }
}
