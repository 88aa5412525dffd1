// SPDX-License-Identifier: Apache-2.0
package import JSON

extension YAMLNode {
    /// The node as `sigs.k8s.io/yaml` turns it into JSON: field names as ``YAMLScalar/fieldName`` has them.
    package var json: JSONValue {
        switch content {
        case .sequence(let elements): .array(elements.map(\.json))
        case .mapping(let entries):
            .object(Dictionary(entries.map { ($0.name, $0.value.json) }) { first, _ in first })
        case .scalar(let scalar):
            switch scalar.value {
            case .null: .null
            case .bool(let bool): .bool(bool)
            case .number(let text): .number(text)
            case .string(let text): .string(text)
            }
        }
    }
}
