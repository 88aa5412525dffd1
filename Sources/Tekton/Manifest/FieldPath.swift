// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// A path into a document as Tekton's admission prints it.
struct FieldPath {
    enum Part: Equatable {
        case field(String)
        case index(Int)
        case key(String)
    }

    var parts: [Part]

    init(_ text: String) {
        parts = []
        var name = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case ".":
                flush(&name)
            case "[":
                flush(&name)
                let inside = String(rest.prefix { $0 != "]" })
                rest = rest.dropFirst(inside.count + 1)
                parts.append(Int(inside).map { .index($0) } ?? .key(inside))
            default:
                name.append(character)
            }
        }
        flush(&name)
    }

    private mutating func flush(_ name: inout String) {
        if !name.isEmpty { parts.append(.field(name)) }
        name = ""
    }

    /// Follows the path as far as the document goes.
    func location(in document: YAMLNode) -> SourceLocation {
        var node = document
        var location = document.location
        for part in parts {
            guard let step = Self.step(part, in: node) else { return location }
            location = step.location
            node = step.node
        }
        return location
    }

    private static func step(
        _ part: Part,
        in node: YAMLNode
    ) -> (node: YAMLNode, location: SourceLocation)? {
        switch (part, node.content) {
        case (.field(let name), .mapping), (.key(let name), .mapping):
            guard let entry = node.entry(named: name) else { return nil }
            if case .scalar = entry.value.content { return (entry.value, entry.value.location) }
            return (entry.value, entry.key.location)
        case (.index(let index), .sequence(let elements)):
            guard elements.indices.contains(index) else { return nil }
            return (elements[index], elements[index].location)
        case (.key(let name), .sequence(let elements)):
            let found = elements.first { $0.entry(named: "name")?.value.text == name }
            return found.map { ($0, $0.location) }
        default: return nil
        }
    }
}

extension YAMLNode {
    /// The entry of a mapping with that key, matched as Go matches field names; `nil` elsewhere.
    func entry(named name: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        return entries.first { $0.key.text == name }
            ?? entries.first { $0.key.text?.lowercased() == name.lowercased() }
    }

    /// The text of a scalar; `nil` elsewhere.
    var text: String? {
        if case .scalar(let scalar) = content { scalar.text } else { nil }
    }
}
