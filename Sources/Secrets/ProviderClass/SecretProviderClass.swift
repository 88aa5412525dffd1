// SPDX-License-Identifier: Apache-2.0
package import Diagnostics
package import Tekton
package import YAML

/// A `SecretProviderClass` (secrets-store.csi.x-k8s.io/v1), parsed for its provider.
package struct SecretProviderClass: Sendable {
    /// Unique among the classes of a namespace.
    package var name: String
    /// Empty when the document names none: it then belongs to the run's.
    package var namespace: String
    /// One of `SecretProvider`'s.
    package var provider: String
    /// Every parameter as written.
    package var parameters: [String: String]
    /// In the order of the class; file names are unique.
    package var objects: [SecretObject]
    /// The Secrets to make of the files.
    package var secretObjects: [SyncedSecret]
    /// Where the document starts.
    package var location: SourceLocation
    /// How often its secrets are to be fetched again: `tacit.dev/rotate`; `nil` when it does not say.
    package var rotation: GoDuration?
    /// Where each parameter's value stands, for parsing them once more with others laid over.
    let parameterNodes: [String: YAMLNode]

    /// The annotation that says how often secrets are fetched again.
    package static let rotationAnnotation = "tacit.dev/rotate"

    /// Reads how often secrets are to be fetched again: zero for never, else a second or more.
    package static func rotation(_ text: String) -> GoDuration? {
        guard let interval = GoDuration(parsing: text) else { return nil }
        return interval == .zero || interval.nanoseconds >= 1_000_000_000 ? interval : nil
    }

    /// Reads a document of that kind.
    ///
    /// - Parameter document: with `apiVersion` and `kind`.
    /// - Returns: the class, or `nil` when there is an error among the diagnostics.
    package static func parse(
        _ document: YAMLNode
    ) -> (secretClass: SecretProviderClass?, diagnostics: [Diagnostic]) {
        let findings = Findings()
        let secretClass = ClassDocument.read(document, findings)
        return (findings.hasErrors ? nil : secretClass, findings.diagnostics)
    }

    /// The class with a volume's attributes laid over its parameters, as the CSI driver does.
    ///
    /// - Parameters:
    ///   - attributes: `volumeAttributes`; the driver's own (`secretProviderClass`, `csi.storage.k8s.io/...`)
    ///     are left out.
    ///   - location: where they stand.
    /// - Returns: the class, or `nil` when there is an error among the diagnostics.
    package func overridden(
        by attributes: [String: String],
        at location: SourceLocation
    ) -> (secretClass: SecretProviderClass?, diagnostics: [Diagnostic]) {
        let own = attributes.filter { name, _ in
            name != "secretProviderClass" && !name.hasPrefix("csi.storage.k8s.io/")
        }
        if own.isEmpty { return (self, []) }
        let nodes = own.mapValues { text in
            YAMLNode(
                at: location,
                .scalar(YAMLScalar(text: text, isPlain: false, value: .string(text)))
            )
        }
        let findings = Findings()
        let parameters = ClassParameters(
            nodes: parameterNodes.merging(nodes) { _, attribute in attribute },
            at: self.location,
            findings
        )
        let secretClass = ClassDocument.assemble(self, parameters, findings)
        return (findings.hasErrors ? nil : secretClass, findings.diagnostics)
    }
}
