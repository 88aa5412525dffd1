// SPDX-License-Identifier: Apache-2.0
import YAML

extension YAMLNode {
    /// The entry of a mapping with that name, matched as Go matches field names; `nil` elsewhere.
    func entry(named name: String) -> Entry? {
        guard case .mapping(let entries) = content else { return nil }
        if let entry = entries.first(where: { $0.name == name }) { return entry }
        let folded = name.lowercased()
        return entries.first { $0.name.lowercased() == folded }
    }

    /// The text of a string scalar; `nil` elsewhere.
    var string: String? {
        if case .scalar(let scalar) = content, case .string(let text) = scalar.value {
            text
        } else {
            nil
        }
    }
}
