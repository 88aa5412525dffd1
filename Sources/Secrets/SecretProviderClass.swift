// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import YAML

/// A `SecretProviderClass` (secrets-store.csi.x-k8s.io/v1), parsed for its provider.
package struct SecretProviderClass: Sendable {
    package var name: String
    package var namespace: String
    package var provider: String
    /// Every parameter as written.
    package var parameters: [String: String]
    package var objects: [SecretObject]
    package var secretObjects: [SyncedSecret]
    package var location: SourceLocation

    /// Reads a document of that kind.
    ///
    /// - Returns: the class, or `nil` when there is an error among the diagnostics.
    package static func parse(
        _ document: YAMLNode
    ) -> (secretClass: SecretProviderClass?, diagnostics: [Diagnostic]) {
        preconditionFailure("the parser lands next")
    }
}
