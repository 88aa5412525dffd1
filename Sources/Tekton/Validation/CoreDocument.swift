// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import JSON
import YAML

/// A document of Kubernetes' core whose fields are all known and of the right type.
struct CoreDocument {
    var json: JSONValue
    var metadata: ObjectMetadata

    /// Checks the fields.
    ///
    /// `isSecret` keeps every value out of the diagnostics.
    static func decode(
        _ manifest: Manifest,
        isSecret: Bool = false
    ) -> (document: CoreDocument?, problems: [Diagnostic]) {
        var decoder = StrictDecoder(hidesValues: isSecret)
        let json = decoder.decode(manifest.node, as: .object(manifest.kind), at: "")
        var problems = decoder.problems
        if manifest.apiVersion != "v1" {
            problems.append(
                Diagnostic(
                    at: manifest.location(ofField: "apiVersion"),
                    path: "apiVersion",
                    "`\(manifest.apiVersion)` has no \(manifest.kind)",
                    hint: "write `apiVersion: v1`"
                )
            )
        }
        let metadata = ObjectMetadata(json: json["metadata"] ?? .object([:]))
        if problems.isEmpty {
            problems += MetadataChecks.validateCoreName(metadata).diagnostics(in: manifest)
        }
        guard problems.isEmpty else { return (nil, problems) }
        return (CoreDocument(json: json, metadata: metadata), [])
    }

    /// The members of an object of strings; empty when it is not there.
    func texts(_ field: String) -> [String: String] {
        (json[field]?.object ?? [:]).compactMapValues(\.string)
    }

    /// What is wrong with the keys of a Secret or ConfigMap, which become names of files.
    static func keyProblems(_ keys: some Sequence<String>, at field: String) -> FieldErrors {
        var errors = FieldErrors.none
        for key in keys.sorted() where !isKey(key) {
            errors += FieldErrors(
                "invalid key \(GoQuotedText.of(key))",
                at: "\(field).\(key)",
                details:
                    "a key consists of letters, digits, '-', '_' and '.', is no longer than 253"
                    + " bytes, and is neither '.' nor '..'"
            )
        }
        return errors
    }

    private static func isKey(_ key: String) -> Bool {
        !key.isEmpty && key.utf8.count <= 253 && !key.hasPrefix("..") && key != "."
            && key.utf8.allSatisfy { $0.isLetter || $0.isDigit || "-_.".utf8.contains($0) }
    }
}
