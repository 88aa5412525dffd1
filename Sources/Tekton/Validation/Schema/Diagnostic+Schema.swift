// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

extension Diagnostic {
    /// A field that its struct does not have, with the nearest one that it has.
    static func unknownField(
        _ name: String,
        of schema: ObjectSchema,
        at location: SourceLocation,
        path: String
    ) -> Diagnostic {
        Diagnostic(
            at: location,
            path: path,
            "unknown field `\(name)`",
            hint: NearMiss.hint(for: name, among: schema.fields.keys.sorted())
        )
    }

    /// A value of a type that its field does not take.
    ///
    /// `hidesValue` keeps the value itself out of the message.
    static func wrongType(
        _ node: YAMLNode,
        wanted: FieldType,
        path: String,
        hidesValue: Bool
    ) -> Diagnostic {
        let field = path.isEmpty ? "the document" : "`\(path)`"
        var found = node.noun
        var hint: String?
        if case .scalar(let scalar) = node.content {
            switch (wanted, scalar.value) {
            case _ where hidesValue:
                hint = "write it in quotes to make it a string"
            case (.string, _) where scalar.isPlain:
                found = "the \(node.noun) `\(scalar.text)`"
                hint = "write it in quotes to make it a string: \"\(scalar.text)\""
            case (.duration, _), (.quantity, _), (.time, _), (.int32, _), (.int64, _):
                found = "`\(scalar.text)`"
            default: break
            }
        }
        return Diagnostic(
            at: node.location,
            path: path,
            "cannot read \(found) into \(field), which takes \(wanted.noun)",
            hint: hint
        )
    }
}

extension YAMLNode {
    /// Whether this is a null, written or implied.
    var isNull: Bool {
        if case .scalar(let scalar) = content { scalar.value == .null } else { false }
    }

    /// What a user would call the node.
    var noun: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "an object"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "null"
            case .bool: "boolean"
            case .number: "number"
            case .string: "a string"
            }
        }
    }
}
