// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import YAML

/// A path into a document as Tekton's admission prints it.
struct FieldPath {
    private enum Part: Equatable {
        case field(String)
        case index(Int)
        case key(String)
    }

    private var parts: [Part] = []

    init(_ text: String) {
        var name = ""
        var rest = text[...]
        while let character = rest.popFirst() {
            switch character {
            case ".": flush(&name)
            case "[":
                flush(&name)
                let inside = String(rest.prefix { $0 != "]" })
                rest = rest.dropFirst(inside.count + 1)
                parts.append(Int(inside).map { .index($0) } ?? .key(inside))
            default: name.append(character)
            }
        }
        flush(&name)
    }

    private mutating func flush(_ name: inout String) {
        if !name.isEmpty { parts.append(.field(name)) }
        name = ""
    }

    /// Follows the path as far as the document goes.
    ///
    /// Some of Tekton's paths leave out a field (`spec.steps[0]` for a step of `spec.taskSpec`) or say one
    /// twice (`spec.steps[1].steps[0]`). A part that is not found is therefore looked for within an embedded
    /// specification, and one that is said twice also further up.
    func place(in document: YAMLNode) -> Place {
        var trail = [Place(node: document, location: document.location)]
        for (index, part) in parts.enumerated() {
            let isSaidTwice = parts[..<index].contains(part)
            guard let found = Self.find(part, from: trail, climbs: isSaidTwice) else { break }
            trail = found
        }
        return trail[trail.count - 1]
    }

    /// A node, and where to point for it: a scalar's value, the key of anything else.
    struct Place {
        var node: YAMLNode
        var location: SourceLocation
    }

    private static func find(_ part: Part, from trail: [Place], climbs: Bool) -> [Place]? {
        var trail = trail
        while let place = trail.last {
            if let next = step(part, in: place.node) { return trail + [next] }
            for field in ["taskSpec", "pipelineSpec"] {
                guard let embedded = step(.field(field), in: place.node),
                    let next = step(part, in: embedded.node)
                else { continue }
                return trail + [embedded, next]
            }
            guard climbs else { return nil }
            trail.removeLast()
        }
        return nil
    }

    private static func step(_ part: Part, in node: YAMLNode) -> Place? {
        switch (part, node.content) {
        case (.field(let name), .mapping), (.key(let name), .mapping):
            let entry =
                node.entry(named: name) ?? node.entry(named: name + "s")
                ?? name.split(separator: " ").last.flatMap { node.entry(named: String($0)) }
            return entry.map(place)
        case (.index(let index), .sequence(let elements)):
            guard elements.indices.contains(index) else { return nil }
            return Place(node: elements[index], location: elements[index].location)
        case (.key(let name), .sequence(let elements)), (.field(let name), .sequence(let elements)):
            let found = elements.first { $0.entry(named: "name")?.value.string == name }
            return found.map { Place(node: $0, location: $0.location) }
        default: return nil
        }
    }

    private static func place(_ entry: YAMLNode.Entry) -> Place {
        if case .scalar = entry.value.content {
            return Place(node: entry.value, location: entry.value.location)
        }
        return Place(node: entry.value, location: entry.key.location)
    }
}
