// SPDX-License-Identifier: Apache-2.0

extension CELValue {
    /// The name of its type in the language.
    var typeName: String {
        if case .type = self { return "type" }
        return type.declaredName
    }

    /// As it stands in a message.
    var shown: String {
        switch self {
        case .null: "null"
        case .bool(let value): value ? "true" : "false"
        case .int(let value): String(value)
        case .uint(let value): String(value)
        case .double(let value): GoDoubleText.of(value)
        case .string(let value): value
        default: typeName
        }
    }
}
