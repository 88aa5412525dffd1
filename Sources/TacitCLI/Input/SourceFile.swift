// SPDX-License-Identifier: Apache-2.0

/// A file that the user named or that a directory of his holds, read whole.
struct SourceFile: Sendable {
    /// As given, or joined to the directory; `-` for standard input.
    var name: String
    var bytes: [UInt8]
}
