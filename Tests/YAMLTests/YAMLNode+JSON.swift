// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON

@testable import YAML

extension YAMLNode {
    /// The node as `sigs.k8s.io/yaml` turns it into JSON.
    var json: JSONValue {
        switch content {
        case .sequence(let elements): return .array(elements.map(\.json))
        case .mapping(let entries):
            let members = entries.map { ($0.name, $0.value.json) }
            return .object(Dictionary(members) { first, _ in first })
        case .scalar(let scalar):
            switch scalar.value {
            case .null: return .null
            case .bool(let bool): return .bool(bool)
            case .number(let text): return .number(text)
            case .string(let text): return .string(text)
            }
        }
    }
}

/// The documents of a text as compact JSON, and its diagnostics as text.
func read(_ text: String, file: String = "f") -> (json: [String], problems: [String]) {
    let (documents, diagnostics) = YAMLParser.parse(Array(text.utf8), file: file)
    let json = documents.map { String(decoding: $0.json.serialize(), as: UTF8.self) }
    let problems = diagnostics.map { diagnostic in
        let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "?"
        let hint = diagnostic.hint.map { "; \($0)" } ?? ""
        return "\(place): \(diagnostic.severity.rawValue): \(diagnostic.message)\(hint)"
    }
    return (json, problems)
}
