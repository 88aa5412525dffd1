// SPDX-License-Identifier: Apache-2.0

/// Names a place in a file that a user wrote.
///
/// `line` and `column` count from 1; `column` counts bytes of UTF-8, as compilers do. `file` is the
/// name that the user gave (`-` for standard input), never a resolved path.
package struct SourceLocation: Sendable, Hashable, CustomStringConvertible {
    package var file: String
    package var line: Int
    package var column: Int

    package init(file: String, line: Int, column: Int) {
        self.file = file
        self.line = line
        self.column = column
    }

    package var description: String { "\(file):\(line):\(column)" }
}
