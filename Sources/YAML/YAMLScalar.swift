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

    /// Where the lines of a block scalar (`|`, `>`) stand in the file.
    package struct Block: Sendable, Hashable {
        /// Whether each line of the text is a line of the file; not so when folded (`>`).
        package var isLiteral: Bool
        /// The line of the file that holds the text's first line, from 1.
        package var firstLine: Int
        /// How many bytes of indentation stand before each line.
        package var indentation: Int

        package init(isLiteral: Bool, firstLine: Int, indentation: Int) {
            self.isLiteral = isLiteral
            self.firstLine = firstLine
            self.indentation = indentation
        }
    }

    /// The text after unfolding and unescaping.
    package var text: String
    /// Whether it was written plain, without quotes and not as a block.
    package var isPlain: Bool
    package var value: Value
    /// Where its lines stand; `nil` for anything but a block scalar.
    package var block: Block?

    package init(text: String, isPlain: Bool, value: Value, block: Block? = nil) {
        self.text = text
        self.isPlain = isPlain
        self.value = value
        self.block = block
    }
}
