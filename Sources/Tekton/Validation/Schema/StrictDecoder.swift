// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import YAML

/// Turns a YAML node into the JSON that the cluster would decode, and refuses what it would refuse.
///
/// Field names come out in their proper spelling, nulls are left out, a null within a list is the zero
/// value of its type: what Go's `encoding/json` makes of the document with unknown fields disallowed.
/// All problems are collected; the value is meaningful only when there is none.
struct StrictDecoder {
    private var found: [Diagnostic] = []
    /// Whether values must not appear in the problems.
    private let hidesValues: Bool
    private var takesUnknownFields = false

    init(hidesValues: Bool = false) {
        self.hidesValues = hidesValues
    }

    /// What has been refused so far, in the order of the file.
    var problems: [Diagnostic] { DiagnosticList(found).ordered }

    mutating func decode(_ node: YAMLNode, as type: FieldType, at path: String) -> JSONValue {
        switch type {
        case .any, .paramValue, .requiredParamValue: return plain(node, at: path)
        case .list(let element): return list(node, of: element, at: path)
        case .map(let value): return map(node, of: value, at: path)
        case .object(let name): return object(node, as: .named(name), at: path)
        case .documentMetadata:
            takesUnknownFields = true
            defer { takesUnknownFields = false }
            return object(node, as: .named("ObjectMeta"), at: path)
        default: return scalar(node, as: type, at: path)
        }
    }

    // MARK: Collections

    private mutating func list(
        _ node: YAMLNode,
        of element: FieldType,
        at path: String
    ) -> JSONValue {
        if node.isNull { return .null }
        guard case .sequence(let elements) = node.content else {
            return refuse(node, as: .list(element), at: path)
        }
        return .array(
            elements.enumerated().map { index, node in
                node.isNull ? element.zero : decode(node, as: element, at: "\(path)[\(index)]")
            }
        )
    }

    private mutating func map(_ node: YAMLNode, of value: FieldType, at path: String) -> JSONValue {
        if node.isNull { return .null }
        guard case .mapping(let entries) = node.content else {
            return refuse(node, as: .map(value), at: path)
        }
        var members: [String: JSONValue] = [:]
        for entry in entries {
            let key = entry.name
            let path = path.isEmpty ? key : "\(path).\(key)"
            members[key] =
                entry.value.isNull ? value.zero : decode(entry.value, as: value, at: path)
        }
        return .object(members)
    }

    private mutating func object(
        _ node: YAMLNode,
        as schema: ObjectSchema,
        at path: String
    ) -> JSONValue {
        if node.isNull { return .null }
        guard case .mapping(let entries) = node.content else {
            return refuse(node, as: .object(schema.name), at: path)
        }
        var members: [String: JSONValue] = [:]
        // Two spellings of one field: as in a JSON object with sorted keys, the later one counts.
        for entry in entries.sorted(by: { $0.name.utf8.lexicographicallyPrecedes($1.name.utf8) }) {
            let key = entry.name
            let inner = path.isEmpty ? key : "\(path).\(key)"
            if let field = schema.field(named: key) {
                let value = decode(entry.value, as: field.type, at: inner)
                if value != .null || field.type == .requiredParamValue {
                    members[field.name] = value
                }
            } else if takesUnknownFields {
                members[key] = plain(entry.value, at: inner)
            } else {
                found.append(.unknownField(key, of: schema, at: entry.key.location, path: inner))
            }
        }
        requireValues(of: schema, in: members, node: node, path: path)
        return .object(members)
    }

    /// Tekton fails to store an object whose parameter has no `value` at all.
    private mutating func requireValues(
        of schema: ObjectSchema,
        in members: [String: JSONValue],
        node: YAMLNode,
        path: String
    ) {
        for (name, type) in schema.fields
        where type == .requiredParamValue && members[name] == nil {
            found.append(
                Diagnostic(
                    at: node.location,
                    path: path.isEmpty ? name : "\(path).\(name)",
                    "missing field `\(name)`: a parameter or result without a value cannot be stored",
                    hint: "write `\(name): \"\"` for an empty one"
                )
            )
        }
    }

    // MARK: Scalars

    private mutating func scalar(
        _ node: YAMLNode,
        as type: FieldType,
        at path: String
    ) -> JSONValue {
        if node.isNull { return .null }
        guard case .scalar(let scalar) = node.content,
            let value = type.json(of: scalar.value)
        else { return refuse(node, as: type, at: path) }
        return value
    }

    /// The JSON of a node without any schema.
    private mutating func plain(_ node: YAMLNode, at path: String) -> JSONValue {
        switch node.content {
        case .scalar(let scalar):
            switch scalar.value {
            case .null: return .null
            case .bool(let value): return .bool(value)
            case .number(let text): return .number(text)
            case .string(let text): return .string(text)
            }
        case .sequence(let elements):
            return .array(
                elements.enumerated().map { plain($0.element, at: "\(path)[\($0.offset)]") }
            )
        case .mapping(let entries):
            var members: [String: JSONValue] = [:]
            for entry in entries {
                let key = entry.name
                members[key] = plain(entry.value, at: "\(path).\(key)")
            }
            return .object(members)
        }
    }

    private mutating func refuse(
        _ node: YAMLNode,
        as type: FieldType,
        at path: String
    ) -> JSONValue {
        found.append(.wrongType(node, wanted: type, path: path, hidesValue: hidesValues))
        return .null
    }
}
