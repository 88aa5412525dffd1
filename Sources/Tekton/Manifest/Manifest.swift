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

    /// The part it plays in a run; `nil` for a kind that plays none.
    package var documentKind: DocumentKind? {
        guard let kind = DocumentKind(rawValue: kind) else { return nil }
        return kind.group == group ? kind : nil
    }

    /// The API group; empty for Kubernetes' core.
    package var group: String {
        apiVersion.contains("/") ? String(apiVersion.prefix { $0 != "/" }) : ""
    }

    /// The API version without its group.
    package var version: String {
        String(apiVersion.drop { $0 != "/" }.dropFirst())
    }
}
