// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
import JSON
import YAML

extension SecretDocument {
    /// Reads a Secret; no value appears in the diagnostics.
    ///
    /// - Parameter manifest: a document of that kind.
    /// - Returns: the Secret, or `nil` when there is an error among the diagnostics.
    package static func read(
        _ manifest: Manifest
    ) -> (secret: SecretDocument?, diagnostics: [Diagnostic]) {
        let (document, problems) = CoreDocument.decode(manifest, isSecret: true)
        guard let document else { return (nil, problems) }
        let data = document.texts("data")
        let stringData = document.texts("stringData")
        var errors = CoreDocument.keyProblems(data.keys, at: "data")
        errors += CoreDocument.keyProblems(stringData.keys, at: "stringData")
        for (key, text) in data.sorted(by: { $0.key < $1.key }) where !Base64Text.isValid(text) {
            errors += FieldErrors(
                "illegal base64 in key \(GoQuotedText.of(key))",
                at: "data.\(key)",
                hint: "write the value itself under `stringData`"
            )
        }
        guard errors.isEmpty else { return (nil, errors.diagnostics(in: manifest)) }
        var values: [String: Value] = [:]
        for (key, text) in data {
            let location = location(of: key, in: "data", of: manifest)
            values[key] = Value(text: text, isBase64: true, location: location)
        }
        for (key, text) in stringData {
            let location = location(of: key, in: "stringData", of: manifest)
            values[key] = Value(text: text, isBase64: false, location: location)
        }
        let type = document.json["type"]?.string ?? ""
        let secret = SecretDocument(
            metadata: document.metadata,
            type: type.isEmpty ? "Opaque" : type,
            values: values
        )
        return (secret, [])
    }

    /// A key may hold points, so it is looked up by itself and not by a path.
    private static func location(
        of key: String,
        in field: String,
        of manifest: Manifest
    ) -> SourceLocation {
        let value = manifest.node.entry(named: field)?.value.entry(named: key)?.value
        return value?.location ?? manifest.location(ofField: field)
    }
}
