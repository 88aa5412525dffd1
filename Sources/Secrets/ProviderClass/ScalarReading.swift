// SPDX-License-Identifier: Apache-2.0
import YAML

/// How a provider's YAML library puts a scalar into a field of type string.
enum ScalarReading {
    /// The API server's: a string or nothing.
    case strings
    /// gopkg.in/yaml.v3 (Vault, OpenBao, GCP): any scalar's text as it is written.
    case asWritten
    /// The same, without white space at the ends (Azure).
    case trimmed
    /// sigs.k8s.io/yaml (AWS): numbers and booleans as JSON prints them, so `0600` becomes `384`.
    case asJSON

    /// The string, or `nil` when the reader would refuse the scalar.
    ///
    /// A null is the empty string, as Go leaves the field alone.
    func string(_ scalar: YAMLScalar) -> String? {
        switch (self, scalar.value) {
        case (.trimmed, .null): ""
        case (.trimmed, _): scalar.text.trimmed
        case (_, .string(let text)): text
        case (.strings, _): nil
        case (_, .null): ""
        case (.asWritten, _): scalar.text
        case (.asJSON, .number(let text)): text
        case (.asJSON, .bool(let value)): value ? "true" : "false"
        }
    }
}

extension YAMLNode {
    /// What a message calls it.
    var typeName: String {
        switch content {
        case .sequence: "a list"
        case .mapping: "a mapping"
        case .scalar(let scalar):
            switch scalar.value {
            case .null: "nothing"
            case .bool: "a boolean"
            case .number: "a number"
            case .string: "a string"
            }
        }
    }

    var scalar: YAMLScalar? {
        if case .scalar(let scalar) = content { scalar } else { nil }
    }

    var isNull: Bool { scalar?.value == .null }
}
