// SPDX-License-Identifier: Apache-2.0
import Diagnostics
import Secrets
import YAML

/// A class of provider `provider` with these lines as `parameters` (indented by the caller as they are).
func classText(_ provider: String, _ parameters: String, _ more: String = "") -> String {
    let indented = parameters.split(separator: "\n", omittingEmptySubsequences: false)
        .map { $0.isEmpty ? "" : "    \($0)" }.joined(separator: "\n")
    return """
        apiVersion: secrets-store.csi.x-k8s.io/v1
        kind: SecretProviderClass
        metadata:
          name: test
        spec:
          provider: \(provider)
          parameters:
        \(indented)
        \(more)
        """
}

/// The class in a text that holds one document, and what was said of it.
func parseClass(_ text: String) -> (secretClass: SecretProviderClass?, diagnostics: [Diagnostic]) {
    let parsed = YAMLParser.parse(Array(text.utf8), file: "class.yaml")
    guard let document = parsed.documents.first else { return (nil, parsed.diagnostics) }
    return SecretProviderClass.parse(document)
}

/// `line:column severity path: message; hint`, one for each diagnostic.
func said(_ diagnostics: [Diagnostic]) -> [String] {
    diagnostics.map { diagnostic in
        let place = diagnostic.location.map { "\($0.line):\($0.column)" } ?? "-"
        let hint = diagnostic.hint.map { "; \($0)" } ?? ""
        return "\(place) \(diagnostic.severity) \(diagnostic.path): \(diagnostic.message)\(hint)"
    }
}
