// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import YAML

/// One document of a file: what it is and what it is called, the rest not yet looked at.
package struct Manifest: Sendable {
    package var apiVersion: String
    package var kind: String
    /// Empty when the document has only a `generateName`, or no name at all.
    package var name: String
    package var generateName: String
    /// `nil` when the document does not say.
    package var namespace: String?
    package var labels: [String: String]
    package var annotations: [String: String]
    /// The place of the document among those of its file, from 0; empty documents do not count.
    package var index: Int
    package var node: YAMLNode

    package var location: SourceLocation { node.location }

    package var file: String { node.location.file }
}
