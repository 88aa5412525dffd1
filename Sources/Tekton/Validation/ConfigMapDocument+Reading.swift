// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON

extension ConfigMapDocument {
    /// Reads a ConfigMap.
    ///
    /// - Parameter manifest: a document of that kind.
    /// - Returns: the ConfigMap, or `nil` when there is an error among the diagnostics.
    package static func read(
        _ manifest: Manifest
    ) -> (configMap: ConfigMapDocument?, diagnostics: [Diagnostic]) {
        let (document, problems) = CoreDocument.decode(manifest)
        guard let document else { return (nil, problems) }
        let data = document.texts("data")
        let binaryData = document.texts("binaryData")
        var errors = CoreDocument.keyProblems(data.keys, at: "data")
        errors += CoreDocument.keyProblems(binaryData.keys, at: "binaryData")
        for key in binaryData.keys.sorted() {
            let path = "binaryData.\(key)"
            if data[key] != nil { errors += FieldErrors("duplicate of key in `data`", at: path) }
            if !Base64Text.isValid(binaryData[key] ?? "") {
                errors += FieldErrors("illegal base64 in key \(GoQuotedText.of(key))", at: path)
            }
        }
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        let configMap = ConfigMapDocument(
            metadata: document.metadata,
            data: data,
            binaryData: binaryData
        )
        return (configMap, [])
    }
}
