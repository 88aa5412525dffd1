// SPDX-License-Identifier: Apache-2.0
internal import YAML

extension YAMLNode {
    /// The text of a scalar; `nil` for everything else.
    var scalarText: String? {
        if case .scalar(let scalar) = content { scalar.text } else { nil }
    }
}
