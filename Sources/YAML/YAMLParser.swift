// SPDX-License-Identifier: Apache-2.0
package import Diagnostics

/// Reads a stream of YAML documents.
package enum YAMLParser {
    /// Parses every document of `bytes`.
    ///
    /// - Parameters:
    ///   - bytes: the whole file.
    ///   - file: the name that locations carry.
    /// - Returns: the documents in order (an empty document is left out), and what is wrong. Documents
    ///   before the first syntax error are returned along with it.
    package static func parse(
        _ bytes: [UInt8],
        file: String
    ) -> (documents: [YAMLNode], diagnostics: [Diagnostic]) {
        preconditionFailure("not here before the parser lands")
    }
}
