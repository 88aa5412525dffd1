// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

extension ServiceAccountDocument {
    /// Reads a ServiceAccount.
    ///
    /// - Parameter manifest: a document of that kind.
    /// - Returns: the ServiceAccount, or `nil` when there is an error among the diagnostics.
    package static func read(
        _ manifest: Manifest
    ) -> (serviceAccount: ServiceAccountDocument?, diagnostics: [Diagnostic]) {
        let (document, problems) = CoreDocument.decode(manifest)
        guard let document else { return (nil, problems) }
        func names(_ field: String) -> [String] {
            (document.json[field]?.array ?? []).compactMap { $0["name"]?.string }
        }
        let account = ServiceAccountDocument(
            metadata: document.metadata,
            secrets: names("secrets"),
            imagePullSecrets: names("imagePullSecrets")
        )
        return (account, [])
    }
}
