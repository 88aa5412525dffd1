// SPDX-License-Identifier: Apache-2.0

/// A scalar as it stands in the file, and what YAML 1.1 makes of it.
package struct YAMLScalar: Sendable, Hashable {
    /// What the text means under YAML 1.1's core rules, as `sigs.k8s.io/yaml` reads it: plain `yes`
    /// is a boolean, `010` is eight, `~` is null; quoted or block text is always a string.
    package enum Value: Sendable, Hashable {
        case null
        case bool(Bool)
        /// The number as Go's `encoding/json` prints it (`010` is `8`, `1.10` is `1.1`).
        case number(String)
        case string(String)
    }

    /// The text after unfolding and unescaping.
    package var text: String
    /// Whether it was written plain, without quotes and not as a block.
    package var isPlain: Bool
    package var value: Value

    package init(text: String, isPlain: Bool, value: Value) {
        self.text = text
        self.isPlain = isPlain
        self.value = value
    }
}
